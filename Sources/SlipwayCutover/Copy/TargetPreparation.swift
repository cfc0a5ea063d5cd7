import SlipwayPostgres
import SlipwaySQL

/// Gets a target ready for rows: roles, records, and either a clean place or the place an earlier copy left.
struct TargetPreparation {
    let manifest: Manifest
    let manifestDigest: String
    let fingerprint: String
    let names: TargetNames
    let records: BatchRecords

    /// Makes the roles that are missing. Throws `denied` with the statements a database administrator needs when
    /// the login may not make them.
    func ensureRoles(on connection: PostgresConnection) throws {
        for (role, statement) in Runbook.roles(names) {
            let known = try connection.query(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1", [.text(role)])
            if known.count == 1 {
                guard known.text(0, 0) == "f" else {
                    throw CutoverError.blocked(
                        "role \(role) can bypass row-level security: name a role without SUPERUSER and BYPASSRLS in the manifest"
                    )
                }
            } else {
                try create(role, statement, on: connection)
            }
            try requireMembership(of: role, on: connection)
        }
    }

    private func create(_ role: String, _ statement: String, on connection: PostgresConnection) throws {
        do {
            try connection.scope("") { try connection.run("\(statement) ROLE CURRENT_USER") }
        } catch DatabaseError.unique {
            return  // another cutover made it at this very moment
        } catch let error as DatabaseError {
            guard case .denied = error else { throw error }
            throw DatabaseError.denied(
                "this login may not make the role \(role): have an administrator run `\(statement);` and "
                    + "`GRANT \(SQL.quoted(role)) TO` this login")
        }
    }

    private func requireMembership(of role: String, on connection: PostgresConnection) throws {
        let member = try connection.query("SELECT pg_has_role(current_user, $1, 'MEMBER')", [.text(role)])
        guard member.text(0, 0) == "t" else {
            throw DatabaseError.denied("this login may not act as \(role): have an administrator grant it that role")
        }
    }

    /// Prepares the records and decides whether this copy continues an earlier one; true when it does.
    func begin(restart: Bool, on connection: PostgresConnection) throws -> Bool {
        try connection.scope("") {
            try ensureRoles(on: connection)
            try records.prepare(on: connection)
            try connection.run("SET LOCAL ROLE \(SQL.quoted(names.owner))")
            if restart { try dropEarlier(on: connection) }
            if let earlier = try records.run(on: connection) {
                try requireSame(earlier)
                return true
            }
            try requireFree(on: connection)
            try records.begin(manifest: manifestDigest, fingerprint: fingerprint, on: connection)
            return false
        }
    }

    private func requireSame(_ earlier: (manifest: String, fingerprint: String)) throws {
        let again = "`slipway cutover copy --restart` removes what was copied and begins again"
        guard earlier.manifest == manifestDigest else {
            throw CutoverError.blocked("the manifest was edited since this copy began: \(again)")
        }
        guard earlier.fingerprint == fingerprint else {
            throw CutoverError.blocked("the source was written since this copy began: \(again)")
        }
    }

    /// Refuses to mix rows: the schema must not exist, or be this cutover's own.
    private func requireFree(on connection: PostgresConnection) throws {
        let result = try connection.query(
            """
            SELECT c.relname, greatest(c.reltuples, 0)::bigint FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 ORDER BY 1 LIMIT 1
            """, [.text(names.schema)])
        if result.count > 0, let table = result.text(0, 0) {
            throw CutoverError.targetOccupied(
                "the target's schema \(names.schema) already has \(table): name another target.schema in the "
                    + "manifest, or drop that schema if nobody needs it")
        }
        let exists = try connection.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [.text(names.schema)])
        guard exists.count == 0 else {
            throw CutoverError.targetOccupied(
                "the target already has a schema \(names.schema): drop it if it is empty, or name another target.schema"
            )
        }
    }

    private func dropEarlier(on connection: PostgresConnection) throws {
        if try records.doneSteps(on: connection).contains("schema") {
            try connection.run("DROP SCHEMA IF EXISTS \(SQL.quoted(names.schema)) CASCADE")
        }
        try records.forget(on: connection)
    }
}
