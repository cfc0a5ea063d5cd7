import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Hand over what an application is started with.",
        subcommands: [ReleaseHandoff.self])
}

struct ReleaseHandoff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handoff",
        abstract: "Write the environment block of the release; it names production's values only behind the last gate.")

    @Option(name: .shortAndLong, help: "The file to write; standard output when not given.")
    var output: String?

    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let name = try await installation.journeyName(journey.name)
            let standing = try await installation.journeys.settle(name, installation.context())
            guard let draft = standing.packets.draft(.releaseHandoff) else { return }
            let block = draft.lines.map { "\($0.key)=\($0.value)" }.joined(separator: "\n") + "\n"
            if let output {
                try Data(block.utf8).write(to: URL(fileURLWithPath: output))
                console.line("wrote \(output)")
            } else {
                console.line(block.trimmingCharacters(in: .newlines))
            }
            guard draft.outcome == .pass else {
                Console.warn("not sealed: the release is \(draft.lines.last?.value ?? "undecided")")
                throw ExitStatusOnly(status: .blocked)
            }
        }
    }
}
