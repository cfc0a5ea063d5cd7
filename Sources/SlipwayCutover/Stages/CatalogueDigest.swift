import SlipwayDomain
import SlipwayPostgres

/// A digest of everything the target's catalogue says, to prove that a rehearsal left nothing behind.
enum CatalogueDigest {
    private static let parts = [
        "SELECT 'role', rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin, rolinherit FROM pg_roles",
        "SELECT 'member', roleid::regrole, member::regrole FROM pg_auth_members",
        "SELECT 'schema', nspname, nspowner::regrole, nspacl FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'",
        """
        SELECT 'relation', relnamespace::regnamespace, relname, relkind, relowner::regrole, relacl, relrowsecurity,
            relforcerowsecurity FROM pg_class
        """,
        """
        SELECT 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attacl
        FROM pg_attribute WHERE attnum > 0
        """,
        "SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint",
        "SELECT 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid) FROM pg_policy",
        "SELECT 'function', oid::regprocedure, proowner::regrole FROM pg_proc",
        "SELECT 'type', oid::regtype FROM pg_type",
        "SELECT 'trigger', tgrelid::regclass, tgname FROM pg_trigger",
        "SELECT 'setting', setdatabase, setrole, setconfig FROM pg_db_role_setting",
    ]

    static func digest(on connection: PostgresConnection) throws -> Digest {
        var builder = DigestBuilder()
        for part in parts {
            let result = try connection.query("SELECT t::text FROM (\(part)) t ORDER BY 1")
            for row in 0..<result.count { builder.update(Array((result.text(row, 0) ?? "").utf8) + [0x0A]) }
        }
        return builder.finalize()
    }
}
