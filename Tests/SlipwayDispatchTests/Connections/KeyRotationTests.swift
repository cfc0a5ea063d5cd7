import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Keys that stop answering after a number of calls, as if the process had been killed there.
private actor FailingKeys: KeySource {
    private let ring: KeyRing
    private var left: Int

    init(_ ring: KeyRing, calls: Int) {
        self.ring = ring
        left = calls
    }

    func versions() -> KeyVersions { ring.versions() }

    func wrap(_ key: SecretBytes, context: [UInt8]) throws(KeyFailure) -> WrappedKey {
        try count()
        return try ring.wrap(key, context: context)
    }

    func unwrap(_ key: WrappedKey, context: [UInt8]) throws(KeyFailure) -> SecretBytes {
        try count()
        return try ring.unwrap(key, context: context)
    }

    private func count() throws(KeyFailure) {
        left -= 1
        guard left >= 0 else { throw .unavailable("cut off") }
    }
}

@Suite(.timeLimit(.minutes(15))) struct KeyRotationTests {
    private static let tenants = 9

    @Test(arguments: Backend.enabled)
    func `cut off anywhere it goes on, and every read works throughout`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            var rows: [(ConnectionRecord, ID<OperationRun>)] = []
            for tenant in 1...Int64(Self.tenants) {
                let connection = try await on.add(tenant: tenant, secret: "secret \(tenant)")
                rows.append((connection, try await on.run(through: connection)))
            }
            // One has an earlier version as well, in the other table.
            try await on.put("secret 1, again", on: rows[0].0.id)
            var random = SeededGenerator(try #require(Seed.forThisRun(count: 1).first))
            var ring = on.ring
            for _ in 0..<20 {
                ring = ring.rotated()
                let calls = Int.random(in: 1...2 * Self.tenants, using: &random)
                let cut = KeyRotation(on.fixture.unscoped, FailingKeys(ring, calls: calls))
                await #expect(throws: KeyFailure.unavailable("cut off")) { _ = try await cut.run(batch: 2) }
                try await Self.readAll(rows, on, ring)
                _ = try await KeyRotation(on.fixture.unscoped, ring).run(batch: 2)
                let plan = try await KeyRotation(on.fixture.unscoped, ring).plan()
                #expect(plan.left == 0)
                #expect(plan.uses.map(\.count) == [Self.tenants + 1])
                try await Self.readAll(rows, on, ring.withoutOlder())
            }
        }
    }

    private static func readAll(
        _ rows: [(ConnectionRecord, ID<OperationRun>)], _ on: ConnectionFixture, _ ring: KeyRing
    ) async throws {
        for (connection, run) in rows {
            let access = await ConnectionFixture.access(on.reads(ring), connection.id, run)
            #expect(throws: Never.self) { _ = try access.get() }
        }
    }

    @Test(arguments: Backend.enabled)
    func `what is replaced meanwhile stays what it was replaced by`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let connection = try await on.add(secret: "first")
            let next = on.ring.rotated()
            let before = try await on.fixture.database.read { transaction in
                try CredentialStore.rows(
                    of: .current, notUnder: (next.name, next.current), after: 0, limit: 10, transaction)
            }
            try await on.put("second", on: connection.id)
            let row = try #require(before.first)
            let moved = try await CredentialSealer(next).rewrapped(row.credential.sealed, at: row.credential.place)
            try await on.fixture.database.write { transaction in
                try CredentialStore.rewrap([(row.id, row.credential.sealed, moved)], in: .current, transaction)
            }
            let run = try await on.run(through: connection)
            let access = try await ConnectionFixture.access(on.reads(next), connection.id, run).get()
            #expect(access.credential.secret.matches(SecretBytes("second")))
        }
    }

    @Test(arguments: Backend.enabled)
    func `a key that is not here is named before anything starts`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            _ = try await on.add(secret: "first")
            let plan = try await KeyRotation(on.fixture.unscoped, KeyRing.generate()).plan()
            #expect(plan.unknown.map(\.ring) == [on.ring.name])
            #expect(try await KeyRotation(on.fixture.unscoped, on.ring.rotated()).plan().unknown.isEmpty)
        }
    }
}
