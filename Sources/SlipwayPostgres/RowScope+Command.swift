import SlipwaySQL

extension RowScope {
    /// What gives a transaction the scope until it ends; nil where there is nothing to give.
    var command: PostgresCommand? {
        switch self {
        case .none: nil
        case .system: PostgresCommand(text: "SET LOCAL slipway.reach = 'system'", binds: [])
        case .workspace(let workspace, nil): Self.settings("workspace", workspace, [])
        case .workspace(let workspace, let tenants?): Self.settings("tenants", workspace, tenants)
        case .application(let tenant, let setting):
            PostgresCommand(text: "SELECT set_config($1, $2, true)", binds: [.text(setting), .text(tenant)])
        }
    }

    private static func settings(_ reach: String, _ workspace: Int64, _ tenants: [Int64]) -> PostgresCommand {
        let list = tenants.map(String.init).joined(separator: ",")
        return PostgresCommand(
            text: """
                SELECT set_config('slipway.reach', $1, true), set_config('slipway.workspace', $2, true),
                    set_config('slipway.tenants', $3, true)
                """,
            binds: [.text(reach), .text(String(workspace)), .text("{\(list)}")])
    }
}
