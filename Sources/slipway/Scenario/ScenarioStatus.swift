import ArgumentParser
import SlipwayDomain
import SlipwayOperations

/// What names a tenant of the Scenario Store and opens it.
struct ScenarioTarget: ParsableArguments {
    @Option(help: "Whose rows, by the tenant's name or number.")
    var tenant = ScenarioTenant.demo.name

    @OptionGroup var scenario: ScenarioOptions

    @OptionGroup var data: DataOptions

    /// Lends the store, and the person at the terminal.
    func open() async throws -> (installation: Installation, face: ScenarioFace) {
        let installation = try await Installation(data)
        return (installation, installation.scenario(try await scenario.place(data: installation.folder)))
    }
}

extension ScenarioCommand {
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Show where the Scenario Store's rows are, and how many there are.",
            discussion: """
                The mode in which a server signs people in is the server's to say: GET \
                /api/v1/tenants/TENANT/scenario has it.
                """)

        @OptionGroup var target: ScenarioTarget

        @Flag(help: "Print the result as JSON.")
        var json = false

        func run() async throws {
            try await Console.run(json: json) { console in
                let (installation, face) = try await target.open()
                let session = try await face.session(tenant: target.tenant, installation.context())
                console.line("\(ScenarioSession.contract)  \(ScenarioGenerator.sessionName)  tenant \(session.tenant)")
                console.line("storage     \(session.storage.rawValue)")
                console.line("tenants     \(session.tenantMode.rawValue)")
                console.line("last write  \(session.lastWrite?.rfc3339 ?? "none")")
                console.line("rows        \(Figures.count(session.rows))")
                for collection in ScenarioCollection.counted.sorted() {
                    let rows = Figures.right(Figures.count(session.counts[collection] ?? 0), 10)
                    console.line("  \(Figures.padded(collection.rawValue, 16))\(rows)  \(collection.batch.rawValue)")
                }
                try console.result(session.json)
            }
        }
    }
}
