import SlipwayPostgres
import SlipwaySQL

/// The copy's own records in the target: what is done, written in the transaction that does it.
struct BatchRecords {
    let names: TargetNames
    let cutover: String

    private var runs: String { names.record("run") }
    private var checkpoints: String { names.record("checkpoint") }
    private var steps: String { names.record("step") }

    /// Makes the record tables when they are missing.
    func prepare(on connection: PostgresConnection) throws {
        try connection.run(
            """
            CREATE SCHEMA IF NOT EXISTS \(SQL.quoted(names.records)) AUTHORIZATION \(SQL.quoted(names.owner));
            SET LOCAL ROLE \(SQL.quoted(names.owner));
            CREATE TABLE IF NOT EXISTS \(runs) (
                cutover text PRIMARY KEY, manifest_digest text NOT NULL, source_fingerprint text NOT NULL,
                started_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE IF NOT EXISTS \(checkpoints) (
                cutover text NOT NULL, table_name text NOT NULL, rows bigint NOT NULL, batches bigint NOT NULL,
                position text NOT NULL, is_complete boolean NOT NULL, PRIMARY KEY (cutover, table_name));
            CREATE TABLE IF NOT EXISTS \(steps) (
                cutover text NOT NULL, step text NOT NULL, done_at timestamptz NOT NULL DEFAULT now(),
                PRIMARY KEY (cutover, step));
            RESET ROLE
            """)
    }

    func exists(on connection: PostgresConnection) throws -> Bool {
        try connection.query("SELECT to_regclass($1) IS NOT NULL", [.text(runs)]).text(0, 0) == "t"
    }

    /// The manifest and source an earlier, unfinished or finished copy was for.
    func run(on connection: PostgresConnection) throws -> (manifest: String, fingerprint: String)? {
        let result = try connection.query(
            "SELECT manifest_digest, source_fingerprint FROM \(runs) WHERE cutover = $1", [.text(cutover)])
        guard result.count == 1, let manifest = result.text(0, 0), let source = result.text(0, 1) else { return nil }
        return (manifest, source)
    }

    func begin(manifest: String, fingerprint: String, on connection: PostgresConnection) throws {
        _ = try connection.query(
            "INSERT INTO \(runs) (cutover, manifest_digest, source_fingerprint) VALUES ($1, $2, $3)",
            [.text(cutover), .text(manifest), .text(fingerprint)])
    }

    func doneSteps(on connection: PostgresConnection) throws -> Set<String> {
        let result = try connection.query("SELECT step FROM \(steps) WHERE cutover = $1", [.text(cutover)])
        return Set((0..<result.count).compactMap { result.text($0, 0) })
    }

    func finish(step: String, on connection: PostgresConnection) throws {
        _ = try connection.query(
            "INSERT INTO \(steps) (cutover, step) VALUES ($1, $2)", [.text(cutover), .text(step)])
    }

    func checkpoint(of table: String, on connection: PostgresConnection) throws -> Checkpoint? {
        let result = try connection.query(
            "SELECT rows, batches, position, is_complete FROM \(checkpoints) WHERE cutover = $1 AND table_name = $2",
            [.text(cutover), .text(table)])
        guard result.count == 1 else { return nil }
        return Checkpoint(
            rows: Int(result.integer(0, 0) ?? 0), batches: Int(result.integer(0, 1) ?? 0),
            position: try PositionText.values(result.text(0, 2) ?? ""), isComplete: result.text(0, 3) == "t")
    }

    func save(_ checkpoint: Checkpoint, of table: String, on connection: PostgresConnection) throws {
        _ = try connection.query(
            """
            INSERT INTO \(checkpoints) (cutover, table_name, rows, batches, position, is_complete)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (cutover, table_name) DO UPDATE SET rows = excluded.rows, batches = excluded.batches,
                position = excluded.position, is_complete = excluded.is_complete
            """,
            [
                .text(cutover), .text(table), .integer(Int64(checkpoint.rows)), .integer(Int64(checkpoint.batches)),
                .text(PositionText.text(checkpoint.position)), .text(checkpoint.isComplete ? "t" : "f"),
            ])
    }

    /// Forgets this cutover, for a copy that starts over.
    func forget(on connection: PostgresConnection) throws {
        for table in [runs, checkpoints, steps] {
            _ = try connection.query("DELETE FROM \(table) WHERE cutover = $1", [.text(cutover)])
        }
    }
}

/// How far a table has come: everything up to and including `position` is in the target.
struct Checkpoint: Equatable, Sendable {
    var rows = 0
    var batches = 0
    var position: [SQLValue] = []
    var isComplete = false
}

/// A position as text in the checkpoint row: one value a line, each with its class and its bytes in hex.
enum PositionText {
    static func text(_ values: [SQLValue]) -> String {
        values.map { value in
            switch value {
            case .null: "n"
            case .integer(let integer): "i\(integer)"
            case .real(let real): "r\(real.bitPattern)"
            case .text(let text): "t" + hex(Array(text.utf8))
            case .blob(let bytes): "b" + hex(bytes)
            }
        }.joined(separator: "\n")
    }

    static func values(_ text: String) throws -> [SQLValue] {
        try text.split(separator: "\n").map { line in
            let rest = line.dropFirst()
            switch line.first {
            case "n": return .null
            case "i": if let value = Int64(rest) { return .integer(value) }
            case "r": if let bits = UInt64(rest) { return .real(Double(bitPattern: bits)) }
            case "t": return .text(String(decoding: bytes(rest), as: UTF8.self))
            case "b": return .blob(bytes(rest))
            default: break
            }
            throw CutoverError.protocolFault("a checkpoint that cannot be read: \(line)")
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ hex: Substring) -> [UInt8] {
        let digits = hex.utf8.map { $0 < 0x3A ? $0 & 0x0F : ($0 & 0x0F) + 9 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
