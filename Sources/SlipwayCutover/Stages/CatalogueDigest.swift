import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// A digest of everything the target database's catalogue says, and of the cutover's own roles, to prove that a
/// rehearsal left nothing behind. Other databases of the server and other sessions' temporary tables are not ours.
enum CatalogueDigest {
    private static let roles = [
        """
        SELECT 'role', rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin, rolinherit FROM pg_roles
        WHERE rolname IN ($1, $2)
        """,
        """
        SELECT 'member', m.roleid::regrole, m.member::regrole FROM pg_auth_members m
        JOIN pg_roles r ON r.oid IN (m.roleid, m.member) WHERE r.rolname IN ($1, $2)
        """,
        """
        SELECT 'setting', s.setdatabase, s.setrole, s.setconfig FROM pg_db_role_setting s
        LEFT JOIN pg_roles r ON r.oid = s.setrole
        WHERE r.rolname IN ($1, $2) OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        """,
    ]

    private static let local = [
        "SELECT 'schema', nspname, nspowner::regrole, nspacl FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'",
        """
        SELECT 'relation', relnamespace::regnamespace, relname, relkind, relowner::regrole, relacl, relrowsecurity,
            relforcerowsecurity FROM pg_class WHERE relpersistence <> 't'
        """,
        """
        SELECT 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attacl
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE attnum > 0 AND relpersistence <> 't'
        """,
        "SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint",
        "SELECT 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid) FROM pg_policy",
        "SELECT 'function', oid::regprocedure, proowner::regrole FROM pg_proc",
        "SELECT 'type', oid::regtype FROM pg_type WHERE typnamespace::regnamespace::text !~ '^pg_(toast_)?temp_'",
        "SELECT 'trigger', tgrelid::regclass, tgname FROM pg_trigger",
    ]

    static func digest(of names: TargetNames, on connection: PostgresConnection) throws -> Digest {
        var builder = DigestBuilder()
        let owned = [SQLValue.text(names.owner), .text(names.application)]
        for (part, values) in roles.map({ ($0, owned) }) + local.map({ ($0, []) }) {
            let result = try connection.query("SELECT t::text FROM (\(part)) t ORDER BY 1", values)
            for row in 0..<result.count { builder.update(Array((result.text(row, 0) ?? "").utf8) + [0x0A]) }
        }
        return builder.finalize()
    }
}
