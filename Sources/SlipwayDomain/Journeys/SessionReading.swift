/// What the application's storage says of itself, read from it and not from its configuration.
package struct SessionReading: Hashable, Sendable {
    /// `file-local` or `postgres-rls`.
    package var storage: String
    /// `mock-auth-header` or `oidc`.
    package var auth: String
    package var tenantMode: String
    /// `ScenarioStore.v1`.
    package var contract: String
    /// The session's name, such as `grant-demo-local`.
    package var session: String
    package var lastWrite: Timestamp?
    /// Rows there are now, over all collections; actors are not rows.
    package var rows: Int
    package var actors: [Actor]

    package struct Actor: Hashable, Sendable {
        package var id: String
        package var role: String
        package var permissions: [String]

        package init(id: String, role: String, permissions: [String]) {
            self.id = id
            self.role = role
            self.permissions = permissions
        }

        var json: JSONValue {
            [
                "id": .string(id), "role": .string(role),
                "permissions": .array(permissions.sorted().map(JSONValue.string)),
            ]
        }
    }

    package init(
        storage: String, auth: String, tenantMode: String, contract: String, session: String, lastWrite: Timestamp?,
        rows: Int, actors: [Actor]
    ) {
        self.storage = storage
        self.auth = auth
        self.tenantMode = tenantMode
        self.contract = contract
        self.session = session
        self.lastWrite = lastWrite
        self.rows = rows
        self.actors = actors
    }
}
