import SlipwayDomain
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayStore

@Suite(.timeLimit(.minutes(15))) struct EvidenceLogTests {
    private func draft(_ scope: String, _ kind: PacketKind = .adapterConnection) -> PacketDraft {
        PacketDraft(kind: kind, scope: scope, outcome: .pass, subjects: [], facts: ["n": 1], lines: [])
    }

    nonisolated(nonsending) private func withLog(
        on backend: Backend, _ body: (EvidenceLog, any Database) async throws -> Void
    ) async throws {
        try await backend.withDatabase(role: RowSecurity.role, preparedBy: Schema.migrate) { _, database in
            try await body(EvidenceLog(database, key: .generate(), clock: ManualClock()), database)
        }
    }

    @Test(arguments: Backend.enabled)
    func `each packet is chained to the one before it, whatever its scope`(on backend: Backend) async throws {
        try await withLog(on: backend) { log, _ in
            let first = try await log.seal(draft("a"))
            let second = try await log.seal(draft("b"))
            #expect(first.packet.previous == nil)
            #expect(second.packet.previous == first.packet.digest)
            #expect(second.packet.sequence == 2)
            #expect(second.envelope.isSigned(by: log.verifyingKey))
            let all = try await log.entries().map(\.packet.digest)
            #expect(all == [first.packet.digest, second.packet.digest])
            let own = try await log.entries(scope: "b").map(\.packet.sequence)
            #expect(own == [2])
            let latest = try await log.latest(.adapterConnection, scope: "a")
            #expect(latest?.packet.digest == first.packet.digest)
            let other = try await log.latest(.adapterDryRun, scope: "a")
            #expect(other == nil)
        }
    }

    @Test(arguments: Backend.enabled)
    func `packets sealed at once get one place each and one chain`(on backend: Backend) async throws {
        try await withLog(on: backend) { log, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 { group.addTask { _ = try await log.seal(draft("\(number)")) } }
                try await group.waitForAll()
            }
            let packets = try await log.entries().map(\.packet)
            #expect(packets.map(\.sequence) == [1, 2, 3, 4, 5, 6])
            for (earlier, later) in zip(packets, packets.dropFirst()) { #expect(later.previous == earlier.digest) }
        }
    }

    @Test(arguments: Backend.enabled)
    func `an exported log holds`(on backend: Backend) async throws {
        try await withLog(on: backend) { log, _ in
            for number in 0..<3 { _ = try await log.seal(draft("\(number)")) }
            let bundle = try log.export(try await log.entries())
            guard case .holds(let packets, _) = Bundle.verify(bundle, trusting: log.verifyingKey) else {
                Issue.record("the exported bundle should hold")
                return
            }
            #expect(packets.count == 3)
        }
    }

    @Test(arguments: Backend.enabled)
    func `the schema is as it was reviewed`(on backend: Backend) async throws {
        let dialect: Dialect = backend == .postgres ? .postgres : .sqlite
        let text = Schema.migrations.flatMap { migration in
            ["-- \(migration.name)"] + migration.statements(for: dialect).map { $0.rendered(for: dialect).text + ";" }
        }
        expectSnapshot(text.joined(separator: "\n"), named: "schema.\(dialect.rawValue)")
    }
}
