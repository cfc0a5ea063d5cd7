import ArgumentParser
import SlipwayDomain
import SlipwayOperations

struct DecisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision", abstract: "What people accept, reject, waive and withdraw in a journey.",
        subcommands: [
            DecisionList.self, DecisionShow.self, DecisionAccept.self, DecisionReject.self, DecisionWaive.self,
            DecisionWithdraw.self,
        ])
}

struct DecisionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All decisions, oldest first.")

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let (_, standing) = try await journey.standing(data)
            let decisions = standing.record.decisions
            if decisions.isEmpty { console.line("nothing is decided yet: `slipway board` says what comes next") }
            for decision in decisions {
                let reason = decision.verdict.reason.map { ": \($0)" } ?? ""
                let subject = Figures.padded(decision.subject.rawValue, 17)
                let verdict = Figures.padded(decision.verdict.name, 9)
                console.line(
                    "\(decision.at.rfc3339)  \(subject) \(verdict) \(decision.signer.name) (\(decision.means))\(reason)"
                )
            }
            try console.result(.array(decisions.map(\.json)))
        }
    }
}

struct DecisionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What would be signed: everything a decision stands on, and its digest.")
    @OptionGroup var subject: SubjectArgument
    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run { console in
            let subject = try subject.subject()
            let (_, standing) = try await journey.standing(data)
            console.line(standing.record.seen(subject).lines + "digest \(standing.record.seenDigest(subject))")
            console.line("owner  \(standing.record.owner(of: subject))")
            if !subject.fields.isEmpty {
                console.line("say    \(subject.fields.map { "--set \($0)=…" }.joined(separator: " "))")
            }
        }
    }
}

struct DecisionAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Accept it, bound to the digest of what it stands on.")
    @OptionGroup var decision: DecisionOptions

    @Option(
        name: .customLong("set"), help: ArgumentHelp("What the decision says, again for each.", valueName: "name=value")
    )
    var fields: [String] = []

    @Option(help: "The digest of what you looked at: refused when it is another by now.")
    var seen: String?

    func run() async throws {
        let pairs = try fields.map { field -> (String, String) in
            guard let equals = field.firstIndex(of: "=") else { throw ValidationError("--set takes name=value") }
            return (String(field[..<equals]), String(field[field.index(after: equals)...]))
        }
        let digest = try seen.map { text -> Digest in
            guard let digest = Digest(text) else { throw ValidationError("--seen is a digest: 64 hex digits") }
            return digest
        }
        try await decision.decide(.accepted, fields: Dictionary(pairs) { _, last in last }, seen: digest)
    }
}

struct DecisionReject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reject", abstract: "Refuse it, and say why.")
    @OptionGroup var decision: DecisionOptions

    @Option(help: "Why.")
    var reason: String

    func run() async throws { try await decision.decide(.rejected(reason)) }
}

struct DecisionWaive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Go on without it for a while, and answer for that.")
    @OptionGroup var decision: DecisionOptions

    @Option(help: "Why.")
    var reason: String

    @Option(help: "Until when, such as 2026-12-24T00:00:00Z.")
    var until: String

    func run() async throws {
        guard let end = Timestamp(rfc3339: until) else { throw ValidationError("--until is a time in UTC") }
        try await decision.decide(.waived(reason: reason, until: end))
    }
}

struct DecisionWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Take back what you decided.")
    @OptionGroup var decision: DecisionOptions

    @Option(help: "Why.")
    var reason: String

    func run() async throws { try await decision.decide(.withdrawn(reason)) }
}

struct SubjectArgument: ParsableArguments {
    @Argument(help: "What is decided, such as reh.schema.")
    var name: String

    func subject() throws -> DecisionSubject {
        guard let subject = DecisionSubject(rawValue: name) else {
            throw CommandFailure(status: .usage, description: DecisionWords.unknown(name))
        }
        return subject
    }
}

enum DecisionWords {
    static func unknown(_ name: String) -> String {
        "nobody decides \(name): \(DecisionSubject.allCases.map(\.rawValue).joined(separator: ", "))"
    }
}

/// Who decides what, in which journey.
struct DecisionOptions: ParsableArguments {
    @OptionGroup var subject: SubjectArgument
    @OptionGroup var signer: SignerOptions
    @OptionGroup var journey: JourneyOption
    @OptionGroup var data: DataOptions

    @Flag(help: "Print the board after it as JSON.")
    var json = false

    func decide(
        _ verdict: SignedDecision.Verdict, fields: [String: String] = [:], seen: Digest? = nil
    ) async throws {
        try await Console.run(json: json) { console in
            let subject = try subject.subject()
            let installation = try await Installation(data)
            let context = installation.context()
            let request = Decisions.Request(
                journey: try await installation.journeyName(journey.name), subject: subject, verdict: verdict,
                fields: fields, seen: seen)
            let standing = try await Decisions(installation.journeys)(request, by: signer.signer(context), context)
            if let check = standing.board.check(subject.check) { console.line(BoardText.line(check)) }
            if let next = standing.board.next { console.line("next: \(BoardText.sentence(next, standing.board))") }
            try console.result(standing.board.json)
        }
    }
}
