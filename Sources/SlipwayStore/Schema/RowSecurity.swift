import SlipwaySQL

/// Row-level security on PostgreSQL: which rows of a table a transaction reaches, by the scope it was given.
///
/// The scope is in three settings of the transaction: `slipway.reach`, which is `system`, `workspace` or `tenants`,
/// `slipway.workspace` and `slipway.tenants`. Where they are not set no row is reached.
package struct RowSecurity: Sendable {
    /// The role Slipway works as. It owns nothing and is bound by every policy.
    package static let role = "slipway_app"

    /// Whose a row is.
    enum Owner: Sendable {
        /// Nobody's: only the system reaches it.
        case system
        /// The workspace's that the column names, and none of its tenants'.
        case workspace(String)
        /// A tenant's, or its workspace's where the column for the tenant is null.
        case tenant(workspace: String, String)
        /// Whose the row of another table is that the column names by its id.
        case parent(String, by: String)
    }

    /// What the role may do to rows that it reaches.
    enum Rights: Sendable {
        case all
        /// Rows are added and never taken away; these columns of them may be changed.
        case adding(changing: [String] = [])
    }

    let table: String
    let owner: Owner
    let rights: Rights

    init(_ table: String, _ owner: Owner, _ rights: Rights = .all) {
        self.table = table
        self.owner = owner
        self.rights = rights
    }

    /// Puts the table under row security, its owner included, and gives the role its rights.
    var statements: [SQL] {
        [
            "ALTER TABLE \(identifier: table) ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE \(identifier: table) FORCE ROW LEVEL SECURITY",
            """
            CREATE POLICY slipway_scope ON \(identifier: table)
                USING (\(sql: condition))
                WITH CHECK (\(sql: condition))
            """,
            "GRANT \(sql: granted) ON \(identifier: table) TO slipway_app",
        ]
    }

    /// The system comes first: most statements are its own, and for them the rest is not looked at.
    ///
    /// The planner takes a comparison with a setting for one that few rows pass, and would join accordingly; of IS NOT
    /// NULL it expects that nearly all do, which is so: statements ask for what their scope reaches.
    private var condition: SQL {
        let system: SQL = "CASE current_setting('slipway.reach', true) WHEN 'system' THEN 1 END IS NOT NULL"
        switch owner {
        case .system: return system
        case .workspace(let column):
            return system
                + " OR current_setting('slipway.reach', true) = 'workspace' AND \(sql: Self.isOfWorkspace(column))"
        case .tenant(let workspace, let column):
            return system + " OR \(sql: Self.isOfWorkspace(workspace)) AND (\(sql: Self.isOfTenants(column)))"
        case .parent(let parent, let column): return system + " OR \(sql: isReached(parent, column))"
        }
    }

    private static func isOfWorkspace(_ column: String) -> SQL {
        "\(identifier: column) = CAST(NULLIF(current_setting('slipway.workspace', true), '') AS BIGINT)"
    }

    private static func isOfTenants(_ column: String) -> SQL {
        """
        current_setting('slipway.reach', true) = 'workspace'
                OR current_setting('slipway.reach', true) = 'tenants'
                    AND \(identifier: column) = ANY(CAST(NULLIF(current_setting('slipway.tenants', true), '') AS BIGINT[]))
        """
    }

    /// The parent's own policy decides. A comparison and not EXISTS: the planner might answer EXISTS by reading all of
    /// the parents first.
    private func isReached(_ parent: String, _ column: String) -> SQL {
        """
        \(identifier: column) = (
                SELECT parent.id FROM \(identifier: parent) parent
                WHERE parent.id = \(identifier: table).\(identifier: column))
        """
    }

    private var granted: SQL {
        guard case .adding(let columns) = rights else { return "SELECT, INSERT, UPDATE, DELETE" }
        guard let first = columns.first else { return "SELECT, INSERT" }
        let names = columns.dropFirst().reduce("\(identifier: first)" as SQL) { $0 + ", \(identifier: $1)" }
        return "SELECT, INSERT, UPDATE (" + names + ")"
    }
}
