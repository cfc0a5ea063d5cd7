import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore

/// Where the Scenario Store's rows are: `scenario.sqlite` in the data directory, or a schema that a cutover made.
struct ScenarioOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep the Scenario Store's rows in this PostgreSQL; SLIPWAY_SCENARIO_DATABASE when not given. The login has to "
                + "be a member of the role.", valueName: "url"))
    var scenarioDatabase: String?

    @Option(
        help: ArgumentHelp(
            "The schema a cutover moved the store to; SLIPWAY_SCENARIO_SCHEMA, or `scenario`.", valueName: "name"))
    var scenarioSchema: String?

    @Option(
        help: ArgumentHelp(
            "The cutover's application role; SLIPWAY_SCENARIO_ROLE, or the schema's name and `_app`.", valueName: "name"
        ))
    var scenarioRole: String?

    @Option(
        help: ArgumentHelp(
            "The setting in which the cutover's policies read the tenant; SLIPWAY_SCENARIO_SETTING, or `slipway.tenant`.",
            valueName: "name"))
    var scenarioSetting: String?

    /// Opens the place. A file is not made by looking for it. Throws `denied` for a server that would show one tenant
    /// another's rows.
    func place(data folder: String) async throws -> ScenarioPlace {
        guard let url = value(scenarioDatabase, "DATABASE") else {
            guard scenarioSchema == nil, scenarioRole == nil, scenarioSetting == nil else {
                throw CommandFailure(
                    status: .usage,
                    description: "--scenario-schema, --scenario-role and --scenario-setting go with --scenario-database"
                )
            }
            return Self.file(folder + "/scenario.sqlite")
        }
        let schema = value(scenarioSchema, "SCHEMA") ?? "scenario"
        let database = PostgresDatabase(
            try PostgresAddress(url), role: value(scenarioRole, "ROLE") ?? schema + "_app", schema: schema)
        try await ScenarioStanding.check(database)
        return ScenarioPlace(server: database, setting: value(scenarioSetting, "SETTING") ?? "slipway.tenant")
    }

    static func file(_ path: String) -> ScenarioPlace {
        ScenarioPlace { mayMake in
            if mayMake { return try SQLiteDatabase.file(path) }
            return FileManager.default.fileExists(atPath: path) ? try SQLiteDatabase.reading(path) : nil
        }
    }

    /// For what lasts as long as the process.
    static func inMemory() throws -> ScenarioPlace {
        let database = try SQLiteDatabase.inMemory()
        return ScenarioPlace { _ in database }
    }

    private func value(_ given: String?, _ name: String) -> String? {
        given ?? ProcessInfo.processInfo.environment["SLIPWAY_SCENARIO_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Installation {
    /// The Scenario Store as people use it; `authMode` is that of the server, nil where there is none.
    func scenario(_ place: ScenarioPlace, authMode: String? = nil) -> ScenarioFace {
        ScenarioFace(ScenarioStore(place, clock: clock), changes, authMode: authMode)
    }
}
