import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct BoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board", abstract: "Whether a journey may go live, what is missing, and who owes what comes next.",
        subcommands: [BoardShow.self, BoardReplay.self], defaultSubcommand: BoardShow.self)
}

struct BoardShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The board as it stands now, computed from evidence and decisions.")

    @Flag(help: "Exit with 2 unless it is a go.")
    var requireGo = false

    @Flag(help: "Print the board as JSON.")
    var json = false

    @OptionGroup var signer: SignerOptions
    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let (_, standing) = try await journey.standing(data)
            for line in BoardText.lines(standing, viewer: signer.actor) { console.line(line) }
            try console.result(standing.board.json)
            if requireGo, !standing.board.verdict.isGo { throw ExitStatusOnly(status: .blocked) }
        }
    }
}

struct BoardReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Compute a sealed board again from its packet, and compare the bytes.")

    @Argument(help: "The packet's number in `slipway evidence list`.")
    var sequence: Int64

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let entries = try await DataDirectory(data).evidence().entries()
            guard let packet = entries.first(where: { $0.packet.sequence == sequence })?.packet,
                let isSame = packet.draft.isBoardReproduced
            else {
                throw CommandFailure(status: .usage, description: "packet \(sequence) is no board")
            }
            console.line(
                isSame
                    ? "the board of \(packet.sealedAt.rfc3339), computed again: the same, byte for byte"
                    : "the board of \(packet.sealedAt.rfc3339), computed again, is another")
            if !isSame { throw ExitStatusOnly(status: .difference) }
        }
    }
}
