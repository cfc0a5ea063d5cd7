import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Many change the default at once, and somebody looks all the time.
@Suite(.timeLimit(.minutes(15))) struct DefaultConnectionTests {
    @Test(arguments: Backend.enabled)
    func `at every commit exactly one is the default`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            var made: [ConnectionRecord] = []
            for index in 0..<6 { made.append(try await on.add("oidc", directory: "https://\(index).example.com")) }
            let connections = made
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for turn in 0..<50 {
                            let connection = connections[(turn * 7 + writer) % connections.count]
                            try await Self.makeDefault(connection, on)
                        }
                        return 0
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        var wrong = 0
                        for _ in 0..<100 where try await Self.count(on) != 1 { wrong += 1 }
                        return wrong
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(wrong == 0)
            #expect(try await Self.count(on) == 1)
        }
    }

    private static func makeDefault(_ connection: ConnectionRecord, _ on: ConnectionFixture) async throws {
        let now = on.fixture.clock.now()
        while true {
            do {
                _ = try await on.fixture.database.write { try ConnectionStore.makeDefault(connection, at: now, $0) }
                return
            } catch DatabaseError.conflict {
                continue
            }
        }
    }

    private static func count(_ on: ConnectionFixture) async throws -> Int64? {
        try await on.fixture.database.read { transaction in
            try transaction.query(
                "SELECT COUNT(*) AS defaults FROM provider_connections WHERE tenant_id = 1 AND is_default = 1"
            ).first?.integer("defaults")
        }
    }
}
