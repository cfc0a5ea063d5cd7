import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// What a connection tells of its server and of the role it came in as.
struct PostgresReading: Sendable {
    let server: String
    let certificate: Digest?
    let isOnThisMachine: Bool
    /// What the role may do with the database, and `SUPERUSER` and `BYPASSRLS` where it has them.
    let privileges: [String]

    init(_ connection: PostgresConnection) throws(DatabaseError) {
        server = "PostgreSQL \(connection.serverVersion / 10_000).\(connection.serverVersion % 10_000)"
        certificate = connection.certificate.flatMap { Digest($0.fingerprint) }
        isOnThisMachine = connection.host.hasPrefix("/") || Loopback.contains(connection.host)
        let row = try connection.query(
            """
            SELECT has_database_privilege(current_database(), 'CONNECT'),
                has_database_privilege(current_database(), 'CREATE'),
                has_database_privilege(current_database(), 'TEMPORARY'), rolsuper, rolbypassrls
            FROM pg_roles WHERE rolname = current_user
            """)
        let names = ["CONNECT", "CREATE", "TEMPORARY", "SUPERUSER", "BYPASSRLS"]
        privileges = names.enumerated().filter { row.text(0, $0.offset) == "t" }.map(\.element)
    }
}
