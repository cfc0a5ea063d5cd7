import ArgumentParser
import SlipwayDomain
import SlipwayOperations

extension ScenarioCommand {
    struct Fill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fill", abstract: "Write generated rows into the Scenario Store, as its people would.",
            discussion: """
                Each row is written by whoever of the scenario's five people may write it, and leaves its audit event. The \
                same seed and number again write nothing.
                """)

        @Option(help: "Which rows: any number, each with its own.")
        var seed: UInt64 = 1

        @Option(help: "How many rows, at least 1; the audit events come on top.")
        var rows = 1000

        @Flag(help: "Print the result as JSON.")
        var json = false

        @OptionGroup var target: ScenarioTarget

        func validate() throws {
            guard (1...10_000_000).contains(rows) else { throw ValidationError("--rows is a number from 1.") }
        }

        func run() async throws {
            try await Console.run(json: json) { console in
                let (installation, face) = try await target.open()
                let started = ContinuousClock.now
                var written = 0
                for part in try ScenarioFilling(seed: seed, rows: rows).parts() {
                    let answer = try await face.write(
                        to: part.collection.rawValue, tenant: target.tenant, as: part.actor.role.rawValue,
                        installation.context(as: part.actor)
                    ) { .append(part.drafts) }
                    guard answer.rows != nil else {
                        throw CommandFailure(
                            status: .blocked,
                            description: "\(part.collection.rawValue) has rows of these ids that say something else: "
                                + "fill an empty store, or with the seed it was filled with")
                    }
                    written += answer.written
                }
                let seconds = (ContinuousClock.now - started) / .seconds(1)
                console.line("wrote \(Figures.count(written, "row")) in \(Figures.duration(seconds))")
                try console.result(["written": .integer(Int64(written)), "rows": .integer(Int64(rows))])
            }
        }
    }
}

extension Installation {
    /// One of the scenario's people, at this terminal.
    fileprivate func context(as actor: ScenarioActor) -> OperationContext {
        OperationContext(
            actor: Initiator(kind: .operator, name: actor.id), workspace: workspace,
            access: Access(entitlement: .workspace, capabilities: Set(actor.role.capabilities)),
            origin: RequestOrigin(requestID: "cli", source: "cli", means: "cli"), logger: logger)
    }
}
