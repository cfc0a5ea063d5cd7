import SlipwaySQL
import SlipwayTesting
import Testing

/// Tables of values, lists of values, and statements that travel together.
@Suite(.timeLimit(.minutes(15))) struct ManyRowsTests {
    private static let texts: [SQLValue] = [
        .text("plain"), .text(""), .text("NULL"), .text("null"), .text("a,b"), .text("{x}"), .text("\\"), .text("\""),
        .text("\\\"\\"), .text(" spaces "), .text("it's"), .text("żółw 🐢"), .text("\"\u{301}"), .text("a\nb\tc"), .null,
    ]

    nonisolated(nonsending) private func withTable(
        on backend: Backend, _ body: (any Database) async throws -> Void
    ) async throws {
        try await backend.withDatabase { database in
            let schema = Migration("0001", ["CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, n BIGINT, word TEXT)"])
            _ = try await Migrator([schema]).migrate(database)
            try await body(database)
        }
    }

    @Test(arguments: Backend.enabled, [1, 2, 3, 64, 65, 200])
    func `a table of values arrives as it is, however many rows it has`(on backend: Backend, count: Int) async throws {
        let rows: [[SQLValue]] = (0..<count).map { index in
            [
                index.sqlValue, index % 3 == 0 ? .null : .integer(.max - Int64(index)),
                Self.texts[index % Self.texts.count],
            ]
        }
        try await withTable(on: backend) { database in
            try await database.write { transaction in
                for part in rows.slices(for: transaction.dialect) {
                    try transaction.execute(
                        """
                        INSERT INTO t (id, n, word) SELECT column1, column2, column3
                        FROM \(rows: Array(part), .integer, .integer, .text)
                        """)
                }
            }
            let read = try await database.read { try $0.query("SELECT id, n, word FROM t ORDER BY id") }
            #expect(read.map(\.values) == rows)
        }
    }

    @Test(arguments: Backend.enabled)
    func `a list finds exactly its values`(on backend: Backend) async throws {
        try await withTable(on: backend) { database in
            let words = Self.texts.compactMap(\.text)
            try await database.write { transaction in
                for (id, word) in words.enumerated() {
                    try transaction.execute("INSERT INTO t (id, word) VALUES (\(id), \(word))")
                }
            }
            for (id, word) in words.enumerated() {
                let found = try await database.read { transaction in
                    try transaction.query("SELECT id FROM t WHERE \(anyOf: [word], in: "word")")
                }
                #expect(found.map { $0.values[0] } == [id.sqlValue], "\(word)")
            }
            let several = try await database.read { transaction in
                try transaction.query("SELECT id FROM t WHERE \(anyOf: [1, 3, 99], in: "id") ORDER BY id")
            }
            #expect(several.map { $0.values[0] } == [.integer(1), .integer(3)])
        }
    }

    @Test(arguments: Backend.enabled)
    func `statements that follow run in order, before what comes next`(on backend: Backend) async throws {
        try await withTable(on: backend) { database in
            let seen = try await database.write { transaction in
                try transaction.follow(with: ["INSERT INTO t (id, n) VALUES (1, 1)", "UPDATE t SET n = 2 WHERE id = 1"])
                return try transaction.query("SELECT n FROM t").map { $0.values[0] }
            }
            #expect(seen == [.integer(2)])
        }
    }

    @Test(arguments: Backend.enabled)
    func `when one that follows fails, nothing of the transaction is there`(on backend: Backend) async throws {
        try await withTable(on: backend) { database in
            await #expect(throws: DatabaseError.unique(constraint: "t_pkey")) {
                try await database.write { transaction in
                    try transaction.follow(with: [
                        "INSERT INTO t (id) VALUES (1)", "INSERT INTO t (id) VALUES (1)",
                        "INSERT INTO t (id) VALUES (2)",
                    ])
                }
            }
            let rows = try await database.read { try $0.query("SELECT id FROM t") }
            #expect(rows.isEmpty)
            // The session is as good as before.
            _ = try await database.write { try $0.execute("INSERT INTO t (id) VALUES (3)") }
        }
    }

    @Test(arguments: [Backend.postgres].filter(Backend.enabled.contains))
    func `a value that cannot be sent is refused, and the connection goes on`(on backend: Backend) async throws {
        try await withTable(on: backend) { database in
            await #expect(throws: DatabaseError.misuse("text with a NUL character cannot be stored")) {
                try await database.write { transaction in
                    try transaction.follow(with: ["INSERT INTO t (id, word) VALUES (1, \("a\0b"))"])
                }
            }
            let rows = try await database.read { try $0.query("SELECT id FROM t") }
            #expect(rows.isEmpty)
        }
    }

    @Test(arguments: Backend.enabled)
    func `after a failure that was caught, a transaction takes nothing more`(on backend: Backend) async throws {
        guard backend == .postgres else { return }
        try await withTable(on: backend) { database in
            await #expect(throws: DatabaseError.self) {
                try await database.write { transaction in
                    _ = try? transaction.query("SELECT nothing FROM nowhere")
                    try transaction.execute("INSERT INTO t (id) VALUES (1)")
                }
            }
            let rows = try await database.read { try $0.query("SELECT id FROM t") }
            #expect(rows.isEmpty, "it must not have run outside of the transaction")
        }
    }
}
