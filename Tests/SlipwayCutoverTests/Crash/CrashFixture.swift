import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

@testable import SlipwayCutover

/// A small application with every kind of key, enough batches to be killed between, and the questions a crash
/// must answer.
enum CrashFixture {
    static let rows = 1_310
    static let batch = BatchSize(rows: 100, bytes: 1 << 20)

    static let sql = """
        CREATE TABLE accounts (id INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, name TEXT NOT NULL);
        CREATE TABLE orders (tenant TEXT NOT NULL, number INTEGER NOT NULL, account INTEGER REFERENCES accounts (id),
            amount DECIMAL(10,2), weight REAL, PRIMARY KEY (tenant, number)) WITHOUT ROWID;
        CREATE TABLE notes (code TEXT PRIMARY KEY, tenant TEXT NOT NULL, body TEXT, data BLOB);
        CREATE INDEX notes_tenant ON notes (tenant);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 210)
            INSERT INTO accounts (tenant, name) SELECT 't' || (i % 3), 'account ' || i FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
            INSERT INTO orders SELECT 't' || (((i % 210) + 1) % 3), i, (i % 210) + 1, i / 100.0, i / 7.0 FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
            INSERT INTO notes SELECT 'n' || i, 't' || (i % 3), CASE i % 5 WHEN 0 THEN NULL ELSE 'żółw ' || i END, zeroblob(i % 40) FROM n;
        """

    /// A job into a schema of its own, reached through a proxy when one is given; roles are shared.
    static func job(source: String, target: String, schema: String) throws -> CutoverJob {
        try SourceFixture.job(source: source, target: target, tenant: .column("tenant"), name: schema) { manifest in
            manifest.target.schema = schema
            manifest.target.ownerRole = "crash_owner"
            manifest.target.applicationRole = "crash_app"
        }
    }

    static func through(_ proxy: CuttingProxy, database: String) -> String {
        "postgres://postgres@/\(database)?host=\(proxy.directory)&port=\(proxy.port)"
    }

    /// What stands in the target right after a crash.
    struct Remains: Sendable {
        var checkpointed = 0
        var stored = 0
        var unforced: [String] = []
    }

    /// Rows by the checkpoints and rows in the tables, of one snapshot, and tables whose FORCE is off.
    static func remains(of job: CutoverJob, on connection: PostgresConnection) throws -> Remains {
        var remains = Remains()
        let names = job.names
        try connection.transaction(begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            let records = BatchRecords(names: names, cutover: job.manifest.name)
            guard try records.exists(on: connection) else { return }
            for table in job.manifest.included {
                remains.checkpointed += try records.checkpoint(of: table.source, on: connection)?.rows ?? 0
                let name = names.table(table.target)
                let exists = try connection.query("SELECT to_regclass($1) IS NOT NULL", [.text(name)]).text(0, 0) == "t"
                if exists {
                    remains.stored += Int(try connection.query("SELECT count(*) FROM \(name)").integer(0, 0) ?? 0)
                }
            }
            let unforced = try connection.query(
                """
                SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = 'r'
                AND NOT relforcerowsecurity
                """, [.text(SQL.quoted(names.schema))])
            remains.unforced = (0..<unforced.count).compactMap { unforced.text($0, 0) }
        }
        return remains
    }
}
