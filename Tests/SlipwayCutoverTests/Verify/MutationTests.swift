import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// The verifier is attacked on a real PostgreSQL: single fields are changed behind its back, as a superuser whom no
/// policy binds, and every one must be found and located. Ten seeds × 10 rounds × over 100 changes.
@Suite(.timeLimit(.minutes(15))) struct MutationTests {
    private static let roundsPerSeed = 10
    private static let changesPerRound = 104

    @Test(arguments: Seed.forThisRun(count: 10))
    func `every changed field is found and located`(seed: Seed) async throws {
        try await SourceFixture.withSource(MutationFixture.sql) { source in
            try await TestCluster.shared.withDatabase { url in
                let job = try SourceFixture.job(
                    source: source, target: url, tenant: .column("tenant"), name: "mutation\(seed)")
                #expect(try PreflightStage(job).run().passes)
                _ = try await CopyStage(job).run()
                #expect(try await VerifyStage(job).run().holds)
                let session = PostgresSession(job.target)
                try await session.run { connection in
                    try connection.run(MutationFixture.helpers)
                    try connection.run("CREATE TABLE pristine AS SELECT * FROM \(job.names.table("things"))")
                }
                var generator = SeededGenerator(seed)
                for _ in 0..<Self.roundsPerSeed { try await attack(job, session, &generator) }
                #expect(try await VerifyStage(job).run().holds)
            }
        }
    }

    private func attack(_ job: CutoverJob, _ session: PostgresSession, _ generator: inout SeededGenerator) async throws
    {
        var ids = Array(1...MutationFixture.rows)
        ids.shuffle(using: &generator)
        let table = job.names.table("things")
        var statements: [String] = []
        var expected: Set<MutationFixture.Place> = []
        for _ in 0..<Self.changesPerRound {
            guard let id = ids.popLast(), let change = MutationFixture.changes.randomElement(using: &generator) else {
                break
            }
            statements.append("UPDATE \(table) SET \(change.column) = \(change.expression) WHERE id = \(id)")
            expected.insert(.init(.changed, tenant: MutationFixture.tenant(of: id), id: id, column: change.column))
        }
        let rows = wholeRows(table, &ids, &generator)
        let all = (statements + rows.statements).joined(separator: ";\n")
        try await session.run { try $0.run(all) }
        let report = try await VerifyStage(job, limit: 1_000).run()
        let found = Set(report.differences.map(MutationFixture.Place.init))
        let wanted = expected.union(rows.expected)
        #expect(!report.holds)
        #expect(found == wanted, "missed \(wanted.subtracting(found)), invented \(found.subtracting(wanted))")
        #expect(report.differences.count == wanted.count)
        try await session.run { try $0.run("DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM pristine") }
    }

    /// Changes of whole rows: two tenants swapped, two values swapped, a pair that cancels under exclusive-or, a row
    /// gone, a row twice, a row of a tenant nobody knows.
    private func wholeRows(
        _ table: String, _ ids: inout [Int], _ generator: inout SeededGenerator
    ) -> (statements: [String], expected: Set<MutationFixture.Place>) {
        func take() -> Int { ids.popLast() ?? 0 }
        func tenant(_ id: Int) -> String { MutationFixture.tenant(of: id) }
        var statements: [String] = []
        var expected: Set<MutationFixture.Place> = []
        let first = take()
        let second = ids.first { tenant($0) != tenant(first) } ?? 0
        ids.removeAll { $0 == second }
        for (id, other) in [(first, second), (second, first)] {
            statements.append("UPDATE \(table) SET tenant = '\(tenant(other))' WHERE id = \(id)")
            expected.formUnion([
                .init(.missing, tenant: tenant(id), id: id), .init(.extra, tenant: tenant(other), id: id),
            ])
        }
        let (left, right) = (take(), take())
        statements.append(
            """
            UPDATE \(table) t SET whole = p.whole FROM pristine p
            WHERE (t.id, p.id) IN ((\(left), \(right)), (\(right), \(left)))
            """)
        let pair = [take(), take()]
        for id in pair { statements.append("UPDATE \(table) SET data = '\\xffff' WHERE id = \(id)") }
        expected.formUnion([left, right].map { .init(.changed, tenant: tenant($0), id: $0, column: "whole") })
        expected.formUnion(pair.map { .init(.changed, tenant: tenant($0), id: $0, column: "data") })
        let gone = take()
        statements.append("DELETE FROM \(table) WHERE id = \(gone)")
        expected.insert(.init(.missing, tenant: tenant(gone), id: gone))
        let (twice, lost) = (take(), take())
        let columns =
            "tenant, whole, ratio, price, word, empty, missing, flag, born, seen, zoned, external, document, data"
        statements.append(
            "INSERT INTO \(table) (id, \(columns)) SELECT id + 10000, \(columns) FROM \(table) WHERE id = \(twice)")
        expected.insert(.init(.extra, tenant: tenant(twice), id: twice + 10_000))
        statements.append("UPDATE \(table) SET tenant = 'nobody' WHERE id = \(lost)")
        expected.formUnion([.init(.missing, tenant: tenant(lost), id: lost), .init(.extra, tenant: "nobody", id: lost)])
        return (statements, expected)
    }
}

/// Policies broken on purpose must not pass for policies.
@Suite(.timeLimit(.minutes(15))) struct BrokenPolicyTests {
    @Test(arguments: [
        "ALTER TABLE %@ DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY everything ON %@ USING (true)",
        "CREATE POLICY everything ON %@ FOR SELECT USING (true)",
        "DROP POLICY slipway_tenant ON %@; CREATE POLICY slipway_tenant ON %@ USING (tenant = current_setting('slipway.tenant', true)) WITH CHECK (true)",
        "DROP POLICY slipway_tenant ON %@; CREATE POLICY slipway_tenant ON %@ USING (tenant = coalesce(nullif(current_setting('slipway.tenant', true), ''), 't1'))",
    ])
    func `a broken policy is reported as a leak`(statement: String) async throws {
        try await SourceFixture.withSource(MutationFixture.sql) { source in
            try await TestCluster.shared.withDatabase { url in
                let job = try SourceFixture.job(
                    source: source, target: url, tenant: .column("tenant"), name: "policies")
                _ = try await CopyStage(job).run()
                let table = job.names.table("things")
                let broken = statement.split(separator: "%@", omittingEmptySubsequences: false).joined(separator: table)
                try await PostgresSession(job.target).run { try $0.run(broken) }
                let report = try await VerifyStage(job).run()
                #expect(!report.leaks.isEmpty)
                #expect(!report.holds)
            }
        }
    }

    @Test func `an application role that can bypass policies is refused`() async throws {
        try await SourceFixture.withSource(MutationFixture.sql) { source in
            try await TestCluster.shared.withDatabase { url in
                let job = try SourceFixture.job(source: source, target: url, tenant: .column("tenant"), name: "bypass")
                {
                    $0.target.applicationRole = "bypass_everything"
                }
                try await PostgresSession(job.target).run { try $0.run("CREATE ROLE bypass_everything BYPASSRLS") }
                await #expect(throws: CutoverError.self) { _ = try await CopyStage(job).run() }
                try await PostgresSession(job.target).run { try $0.run("DROP ROLE bypass_everything") }
            }
        }
    }
}
