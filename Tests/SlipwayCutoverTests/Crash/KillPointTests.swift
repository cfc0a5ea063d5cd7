import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayCutover

/// Copy and verify are cut at hundreds of exact places, between any two bytes of their talk with the server. Each
/// time what was committed must be whole batches, and a second run must end with the same digests.
@Suite(.timeLimit(.minutes(15))) struct KillPointTests {
    private static let pointsPerSeed = 14

    @Test(arguments: Seed.forThisRun(count: 20))
    func `a cutover cut at any byte resumes and ends the same`(seed: Seed) async throws {
        try await SourceFixture.withSource(CrashFixture.sql) { source in
            try await TestCluster.shared.withDatabase { url in
                let reference = try await reference(source, url)
                var generator = SeededGenerator(seed)
                for point in 0..<Self.pointsPerSeed {
                    let limit = Int.random(in: 1..<(reference.bytes * 95 / 100), using: &generator)
                    try await kill(after: limit, source, url, schema: "k\(point)", digest: reference.digest)
                }
            }
        }
    }

    private struct Reference {
        var bytes: Int
        var digest: Digest
    }

    /// One run through a proxy that cuts nothing: how many bytes there are to cut between, and the right answer.
    private func reference(_ source: String, _ url: String) async throws -> Reference {
        let cluster = try await TestCluster.shared.cluster()
        let proxy = try CuttingProxy(to: cluster.socketDirectory, port: cluster.port)
        defer { proxy.stop() }
        let job = try CrashFixture.job(source: source, target: through(proxy, url), schema: "reference")
        #expect(try await CopyStage(job, batch: CrashFixture.batch).run().rows == CrashFixture.rows)
        let report = try await VerifyStage(job).run()
        #expect(report.holds)
        return Reference(bytes: proxy.passed, digest: report.targetDigest)
    }

    private func kill(after limit: Int, _ source: String, _ url: String, schema: String, digest: Digest) async throws {
        let cluster = try await TestCluster.shared.cluster()
        let proxy = try CuttingProxy(to: cluster.socketDirectory, port: cluster.port, limit: limit)
        let cutJob = try CrashFixture.job(source: source, target: through(proxy, url), schema: schema)
        await #expect(throws: (any Error).self, "cut after \(limit) bytes") {
            _ = try await CopyStage(cutJob, batch: CrashFixture.batch).run()
            _ = try await VerifyStage(cutJob).run()
        }
        proxy.stop()
        let job = CutoverJob(
            manifest: cutJob.manifest, manifestDigest: cutJob.manifestDigest, sourcePath: source,
            target: try PostgresAddress(url))
        let session = PostgresSession(job.target)
        let remains = try await session.run { connection in
            // The server may still be busy with the client it lost.
            try CutoverLock.take(schema, on: connection)
            let remains = try CrashFixture.remains(of: job, on: connection)
            try connection.run("SELECT pg_advisory_unlock_all()")
            return remains
        }
        #expect(remains.checkpointed == remains.stored, "cut after \(limit) bytes")
        #expect(remains.unforced == [], "cut after \(limit) bytes")
        let sent = Mutex(0)
        let progress = CutoverProgress { event in
            if case .rows(let count) = event { sent.withLock { $0 += count } }
        }
        let copied = try await CopyStage(job, batch: CrashFixture.batch, progress: progress).run()
        #expect(copied.rows == CrashFixture.rows)
        #expect(sent.withLock { $0 } == CrashFixture.rows - remains.stored, "only what was not committed is sent again")
        let report = try await VerifyStage(job).run()
        #expect(
            report.holds && report.targetDigest == digest,
            "cut after \(limit) bytes: \(report.differences) \(report.leaks)")
        try await session.run { try $0.run("DROP SCHEMA \(schema) CASCADE; DROP SCHEMA slipway_\(schema) CASCADE") }
    }

    private func through(_ proxy: CuttingProxy, _ url: String) -> String {
        let database = url.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? "postgres"
        return CrashFixture.through(proxy, database: database)
    }
}
