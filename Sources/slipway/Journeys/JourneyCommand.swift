import ArgumentParser
import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayOperations

struct JourneyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journey",
        abstract: "The hops of an application from one environment to the next, and who owes what in them.",
        subcommands: [
            JourneyAdd.self, JourneyList.self, JourneyShow.self, JourneyUse.self, JourneyOwner.self,
            JourneyDelegate.self, JourneyPacket.self,
        ])
}

struct JourneyAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Begin a journey.")

    @Argument(help: "Its name.")
    var name: String

    @Option(help: "Where the application is: local-demo, staging or production.")
    var from = JourneyEnvironment.localDemo

    @Option(help: "Where it goes.")
    var to = JourneyEnvironment.staging

    @Option(name: [.customShort("f"), .long], help: "The manifest of the cutover that moves its data.")
    var file: String?

    @Flag(help: "Accept the adapter of the environment it goes to as well, as --as has it.")
    var select = false

    @OptionGroup var signer: SignerOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let (journeys, context) = (installation.journeys, installation.context())
            let journey = try await journeys.add(name: name, from: from, to: to, context)
            if let file { try await installation.use(file, in: name) }
            if select {
                _ = try await Decisions(journeys)(
                    Decisions.Request(
                        journey: name, subject: .adapter, verdict: .accepted, fields: ["adapter": to.adapter]),
                    by: signer.signer(context), context)
            }
            console.line("journey \(journey.name)  \(from.rawValue) → \(to.rawValue)")
            console.line("See where it stands with `slipway board`.")
        }
    }
}

struct JourneyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The journeys there are.")
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            let all = try await installation.journeys.all(installation.context())
            if all.isEmpty { console.line("no journeys: add one with `slipway journey add NAME`") }
            for journey in all {
                let cutover = journey.cutover.map { "cutover \($0.name), \($0.file)" } ?? "no cutover yet"
                console.line("\(journey.name)  \(journey.from.rawValue) → \(journey.to.rawValue)  \(cutover)")
            }
        }
    }
}

struct JourneyShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Every check of a journey, with its owner and what it stands on.")
    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let (_, standing) = try await journey.standing(data)
            for check in standing.board.checks { console.line(BoardText.line(check)) }
        }
    }
}

struct JourneyUse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Say which cutover moves the journey's data.")

    @Option(name: [.customShort("f"), .long], help: "The cutover's manifest.")
    var file: String

    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let installation = try await Installation(data)
            try await installation.use(file, in: try await installation.journeyName(journey.name))
        }
    }
}

extension Installation {
    func use(_ file: String, in journey: String) async throws {
        guard let bytes = CutoverJob.contents(of: file) else {
            throw CommandFailure(
                status: .usage, description: "\(file) cannot be read: make one with `slipway cutover plan`")
        }
        let manifest = try CutoverJob.manifest(from: String(decoding: bytes, as: UTF8.self))
        let path = URL(fileURLWithPath: file).path
        try await journeys.use(cutover: (manifest.name, path), in: journey, context())
    }
}

struct JourneyOwner: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner", abstract: "Give a check to somebody else: what its owner accepted lapses.")

    @Argument(help: "The check, such as reh.secrets.")
    var check: String

    @Argument(help: "Who owes it from now on.")
    var person: String

    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { _ in
            let installation = try await Installation(data)
            guard let subject = DecisionSubject(rawValue: check) else {
                throw CommandFailure(status: .usage, description: DecisionWords.unknown(check))
            }
            let person = person
            try await installation.journeys.setPeople(
                of: try await installation.journeyName(journey.name), installation.context()
            ) { $0.owners[subject.check] = person }
        }
    }
}

struct JourneyDelegate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegate", abstract: "Let one person sign in another's place.")

    @Argument(help: "In whose place.")
    var owner: String

    @Argument(help: "Who may sign.")
    var delegate: String

    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { _ in
            let installation = try await Installation(data)
            let (owner, delegate) = (owner, delegate)
            try await installation.journeys.setPeople(
                of: try await installation.journeyName(journey.name), installation.context()
            ) { $0.delegates[owner, default: []].insert(delegate) }
        }
    }
}

struct JourneyPacket: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packet", abstract: "The text of one of the journey's packets as it reads now.")

    @Argument(help: "Its kind, such as ProductionReleaseHandoff.v1.")
    var kind: String

    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let (_, standing) = try await journey.standing(data)
            guard let draft = PacketKind(rawValue: kind).flatMap(standing.packets.draft) else {
                let kinds = JourneyPackets.kinds.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(status: .usage, description: "there is no packet \(kind) of a journey: \(kinds)")
            }
            console.line(draft.text + (draft.facts["sql"]?.stringValue ?? ""))
        }
    }
}

/// Which journey.
struct JourneyOption: ParsableArguments {
    @Option(name: .customLong("journey"), help: "The journey; the only one there is, when not given.")
    var name: String?

    func standing(_ data: DataOptions) async throws -> (Installation, JourneyStanding) {
        let installation = try await Installation(data)
        let name = try await installation.journeyName(name)
        return (installation, try await installation.journeys.standing(name, installation.context()))
    }
}

extension JourneyEnvironment: ExpressibleByArgument {}
