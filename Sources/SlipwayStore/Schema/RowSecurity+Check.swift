package import SlipwaySQL

extension RowSecurity {
    /// Throws `denied`, saying what to do, unless every session of the database is bound by the policies of every table.
    /// On SQLite there are none.
    package static func check(_ database: any Database) async throws {
        guard database.dialect == .postgres else { return }
        let row: Row?
        do {
            row = try await database.read { try $0.query(standing).first }
        } catch DatabaseError.denied(let reason) {
            throw DatabaseError.denied("\(reason): have an administrator run GRANT \(role) TO the login of --database")
        }
        guard let row else { throw DatabaseError.denied("the role Slipway works as is gone: make \(role) again") }
        let name = try row.text("role")
        if try row.integer("bypasses") == 1 {
            throw DatabaseError.denied(
                "the role \(name) sees the rows of everybody: run ALTER ROLE \(name) NOSUPERUSER NOBYPASSRLS")
        }
        if let table = try row.textIfAny("owned") {
            throw DatabaseError.denied(
                "the role \(name) may take the table \(table) out of row security: have another role own the tables")
        }
        if let table = try row.textIfAny("open") {
            throw DatabaseError.denied(
                "the table \(table) is not under row security: run ALTER TABLE \(table) FORCE ROW LEVEL SECURITY")
        }
    }

    private static let standing: SQL = """
        SELECT current_user AS role, CASE WHEN rolsuper OR rolbypassrls THEN 1 ELSE 0 END AS bypasses,
            (SELECT MIN(CAST(relname AS TEXT)) FROM pg_class WHERE \(sql: own) AND pg_has_role(relowner, 'MEMBER'))
                AS owned,
            (SELECT MIN(CAST(relname AS TEXT)) FROM pg_class
                WHERE \(sql: own) AND NOT (relrowsecurity AND relforcerowsecurity)) AS open
        FROM pg_roles WHERE rolname = current_user
        """

    private static let own: SQL =
        "\(anyOf: tables.map(\.table), in: "relname") AND CAST(relnamespace AS REGNAMESPACE) = CAST(current_schema() AS REGNAMESPACE)"
}
