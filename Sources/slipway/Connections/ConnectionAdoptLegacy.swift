import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct ConnectionAdoptLegacy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt-legacy", abstract: "Move the credentials that tenants carried into connections.",
        discussion: """
            Each becomes a connection with a sealed credential, is read back and compared, and only then are the old fields \
            written over and taken away. What cannot move is named with the reason and stays. Evidence is sealed of what is \
            left. Exit status: 0 nothing is left, 2 something is.
            """)
    @Option(help: "A file with the application's key, `base64:` and 32 bytes.")
    var appKeyFile: String

    @Flag(help: "Only say what would be done.")
    var plan = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let adoption = try await installation.legacyAdoption(data)
            let key = try key()
            if plan { return try await show(adoption, key, installation, console) }
            let adapter = AdoptLegacyAdapter(adoption: adoption, context: installation.context())
            let adapters: [String: any Adapter] = [OperationDefinition.adoptLegacy.type: adapter]
            let start = OperationStart(
                installation.database, registry: installation.registry,
                gate: installation.gate(served: Set(adapters.keys)))
            let path = URL(fileURLWithPath: appKeyFile).path
            let answer = try await start(
                OperationStart.Subject(operation: OperationDefinition.adoptLegacy.type), installation.context()
            ) { OperationStart.Details(target: ["key_file": path], surface: "cli") }
            guard let id = answer.run, answer.isStarted else {
                return try StartReport(answer, isPreflight: false).show(on: console)
            }
            let run = try await installation.carryOut(id, adapters)
            try await report(run, adoption, installation, console)
        }
    }

    private func key() throws -> LegacyKey {
        let text = try? String(contentsOfFile: appKeyFile, encoding: .utf8)
        guard let key = text.flatMap({ LegacyKey($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) else {
            throw CommandFailure(
                status: .usage, description: "\(appKeyFile) does not hold a key: base64: and 32 bytes")
        }
        return key
    }

    private func show(
        _ adoption: LegacyAdoption, _ key: LegacyKey, _ installation: Installation, _ console: Console
    ) async throws {
        let plan = try await adoption.plan(key, installation.context())
        if plan.isEmpty { console.line("no tenant carries old fields") }
        for entry in plan { console.line("\(Figures.padded(entry.fields.name, 20)) \(entry.step.words)") }
        try console.result([
            "tenants": .array(
                plan.map { ["tenant": .string($0.fields.name), "step": .string($0.step.words)] })
        ])
    }

    private func report(
        _ run: RunRecord, _ adoption: LegacyAdoption, _ installation: Installation, _ console: Console
    ) async throws {
        let detail = try await RunQueries(installation.database).detail(run.id, installation.context())
        let tenants = try await installation.tenants.all(installation.context())
        let names = Dictionary(tenants.map { ($0.id.description, $0.name) }, uniquingKeysWith: { first, _ in first })
        for item in detail.items where item.item.status == .failed {
            let what = item.facts?["what"]?.stringValue ?? item.item.reason?.sentence ?? ""
            console.line("  \(names[item.item.key] ?? item.item.key)  \(what)")
        }
        console.line(RunLines.line(run))
        try console.result(["run": .integer(run.id.number), "outcome": .string(run.machine.outcome.rawValue)])
        guard run.machine.outcome != .succeeded else { return }
        throw ExitStatusOnly(status: try await adoption.left(installation.context()) > 0 ? .blocked : .fault)
    }
}

extension Installation {
    func legacyAdoption(_ options: DataOptions) async throws -> LegacyAdoption {
        LegacyAdoption(connections, try await connectionCredentials(options), try await sealer())
    }
}

extension StartAnswer {
    /// Whether there is a run to wait for.
    fileprivate var isStarted: Bool {
        switch decision {
        case .accepted, .deduped: true
        case .scopeBusy, .blocked: false
        }
    }
}

extension LegacyStep {
    fileprivate var words: String {
        switch self {
        case .nothing: "nothing to do"
        case .clear, .drop: "moved already; the old fields would be cleared"
        case .adopt(let directory, let credential):
            "would become a connection to \(directory), \(credential.kind.rawValue)"
        case .leave(let obstacle): "stays: \(obstacle.sentence)"
        }
    }
}
