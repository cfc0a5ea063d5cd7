import SlipwaySQL
import SlipwayTesting
import Testing

/// What the rest of the house may rely on, whichever engine it runs on.
@Suite(.timeLimit(.minutes(15))) struct ConformanceTests {
    private static let schema = Migration(
        "0001",
        [
            "CREATE TABLE parents (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE UNIQUE INDEX parents_name_key ON parents (name)",
            """
            CREATE TABLE things (
                id BIGINT NOT NULL PRIMARY KEY, parent_id BIGINT REFERENCES parents (id), number BIGINT,
                ratio \(Dialect.Fragment.double), word TEXT, bytes \(Dialect.Fragment.bytes),
                state TEXT NOT NULL DEFAULT 'new' CONSTRAINT things_state_check CHECK (state IN ('new', 'old'))
            )
            """,
        ])

    nonisolated(nonsending) private func withSchema(
        on backend: Backend, _ body: (any Database) async throws -> Void
    ) async throws {
        try await backend.withDatabase { database in
            _ = try await Migrator([Self.schema]).migrate(database)
            try await body(database)
        }
    }

    @Test(arguments: Backend.enabled)
    func `every value comes back as it went in`(on backend: Backend) async throws {
        let values: [[SQLValue]] = [
            [.integer(.max), .real(0.1), .text("żółw 🐢 \" ' \\ % $1 ?"), .blob([0, 1, 255])],
            [.integer(.min), .real(.leastNonzeroMagnitude), .text(""), .blob([])],
            [.integer(0), .real(1.7976931348623157e308), .text("a\nb\tc"), .blob(Array(repeating: 7, count: 100_000))],
            [.null, .null, .null, .null], [.integer(-1), .real(-0.1), .text("0123"), .blob([0x5C, 0x78])],
        ]
        try await withSchema(on: backend) { database in
            try await database.write { transaction in
                for (id, row) in values.enumerated() {
                    try transaction.execute(
                        "INSERT INTO things (id, number, ratio, word, bytes) VALUES (\(id), \(row[0]), \(row[1]), \(row[2]), \(row[3]))"
                    )
                }
            }
            let rows = try await database.read {
                try $0.query("SELECT number, ratio, word, bytes FROM things ORDER BY id")
            }
            #expect(rows.map(\.values) == values)
            #expect(rows[0].columns == ["number", "ratio", "word", "bytes"])
        }
    }

    @Test(arguments: Backend.enabled)
    func `a transaction that throws leaves nothing`(on backend: Backend) async throws {
        struct Stop: Error {}
        try await withSchema(on: backend) { database in
            await #expect(throws: Stop.self) {
                try await database.write { transaction in
                    try transaction.execute("INSERT INTO parents (id, name) VALUES (1, 'a')")
                    throw Stop()
                }
            }
            let rows = try await database.read { try $0.query("SELECT id FROM parents") }
            #expect(rows.isEmpty)
        }
    }

    @Test(arguments: Backend.enabled)
    func `constraints are named the same on every engine`(on backend: Backend) async throws {
        try await withSchema(on: backend) { database in
            try await database.write { transaction in
                _ = try transaction.execute("INSERT INTO parents (id, name) VALUES (1, 'a')")
            }
            func refusal(_ sql: SQL) async -> DatabaseError? {
                do {
                    try await database.write { transaction in _ = try transaction.execute(sql) }
                    return nil
                } catch {
                    return error as? DatabaseError
                }
            }
            #expect(
                await refusal("INSERT INTO parents (id, name) VALUES (2, 'a')")
                    == .unique(constraint: "parents_name_key"))
            #expect(
                await refusal("INSERT INTO parents (id, name) VALUES (1, 'b')") == .unique(constraint: "parents_pkey"))
            #expect(
                await refusal("INSERT INTO things (id, state) VALUES (1, 'odd')")
                    == .check(constraint: "things_state_check"))
            #expect(await refusal("INSERT INTO parents (id) VALUES (3)") == .notNull(column: "name"))
            guard case .foreignKey = await refusal("INSERT INTO things (id, parent_id) VALUES (1, 99)") else {
                Issue.record("a missing parent must be refused as a foreign key")
                return
            }
            guard case .misuse = await refusal("SELECT nothing FROM nowhere") else {
                Issue.record("a wrong statement must be a misuse")
                return
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `an update says how many rows it changed and returns what it asked for`(on backend: Backend) async throws {
        try await withSchema(on: backend) { database in
            try await database.write { transaction in
                for id in 1...3 { try transaction.execute("INSERT INTO things (id, number) VALUES (\(id), \(id))") }
            }
            let changed = try await database.write { transaction in
                try transaction.execute("UPDATE things SET state = 'old' WHERE number >= \(2)")
            }
            #expect(changed == 2)
            let rows = try await database.write { transaction in
                try transaction.query(
                    "UPDATE things SET number = number + 1 WHERE id = 1 AND state = 'new' RETURNING number")
            }
            #expect(try rows.map { try $0.integer("number") } == [2])
        }
    }

    @Test(arguments: Backend.enabled)
    func `a read refuses to write`(on backend: Backend) async throws {
        try await withSchema(on: backend) { database in
            await #expect(throws: (any Error).self) {
                try await database.read { transaction in
                    _ = try transaction.execute("INSERT INTO parents (id, name) VALUES (1, 'a')")
                }
            }
        }
    }

    @Test(arguments: Backend.enabled)
    func `writers at once lose nothing`(on backend: Backend) async throws {
        try await withSchema(on: backend) { database in
            try await database.write { _ = try $0.execute("INSERT INTO things (id, number) VALUES (1, 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await database.write {
                            _ = try $0.execute("UPDATE things SET number = number + 1 WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await database.read { try $0.query("SELECT number FROM things") }
            #expect(rows.first?.values == [.integer(20)])
        }
    }

    @Test(arguments: Backend.enabled)
    func `migrations run once, in order, and a newer database is refused`(on backend: Backend) async throws {
        try await backend.withDatabase { database in
            let more = Migration("0002", ["ALTER TABLE parents ADD COLUMN note TEXT"])
            let applied = [
                try await Migrator([Self.schema]).migrate(database),
                try await Migrator([Self.schema, more]).migrate(database),
                try await Migrator([Self.schema, more]).migrate(database),
            ]
            #expect(applied == [["0001"], ["0002"], []])
            await #expect(throws: DatabaseError.self) { try await Migrator([Self.schema]).migrate(database) }
        }
    }

    @Test func `a NUL in a text is refused where it cannot be stored`() async throws {
        try await Backend.postgres.withDatabase { database in
            await #expect(throws: DatabaseError.misuse("text with a NUL character cannot be stored")) {
                _ = try await database.read { try $0.query("SELECT \("a\0b") AS word") }
            }
            return
        }
    }
}
