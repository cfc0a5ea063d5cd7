import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

/// Reads both sides anew and compares: the source by a scan of its own, the target as the application role
/// through the policies, tenant by tenant.
package struct VerifyStage: Sendable {
    private let job: CutoverJob
    private let limit: Int
    private let sessions: Int
    private let progress: CutoverProgress

    package init(_ job: CutoverJob, limit: Int = 100, sessions: Int = 3, progress: CutoverProgress = .silent) {
        self.job = job
        self.limit = limit
        self.sessions = sessions
        self.progress = progress
    }

    package func run() async throws -> VerifyReport {
        let source = try job.openSource()
        let sessions = (0..<sessions).map { _ in PostgresSession(job.target) }
        progress.began("reading both sides")
        try await sessions[0].run { try TargetTrust.require($0, job.manifest.target) }
        let findings = try await read(job.manifest.included, with: sessions)
        // Every reading had a connection of its own: no commit since the first was opened makes them one snapshot.
        try source.requireUnwritten()
        let digests = job.manifest.included.compactMap { findings.source[$0.source] }
        return try await sessions[0].run { connection in
            try Comparison(job: job, limit: limit).report(
                digests, findings.target, findings.census, on: connection)
        }
    }

    /// Shares the readings out, the short ones that make more work first and then the long ones.
    private func read(_ tables: [TableMapping], with sessions: [PostgresSession]) async throws -> VerifyFindings {
        let reader = VerifyReader(job: job, progress: progress.rows)
        let queue = WorkQueue(tables.map(VerifyReading.census) + tables.map(VerifyReading.source))
        return try await withThrowingTaskGroup(of: VerifyFindings.self) { group in
            for session in sessions {
                group.addTask {
                    var findings = VerifyFindings()
                    while let reading = await queue.next() {
                        let found = try await session.run { try reader.findings(of: reading, on: $0) }
                        await queue.add(found.readings(after: reading))
                        findings.merge(found)
                    }
                    return findings
                }
            }
            return try await group.reduce(into: VerifyFindings()) { $0.merge($1) }
        }
    }
}
