package import Foundation
package import SlipwayDomain
import SlipwaySQL
import SlipwaySQLite

/// What a drill of the way back came to.
package struct DrillReport: Sendable {
    /// What the dry run read from the source.
    package let expected: Digest
    /// What the restored file holds; nil when it could not be restored.
    package let restored: Digest?
    package let rows: Int
    package let seconds: Double
    package let detail: String

    package var passes: Bool { restored == expected }
}

/// Restores a checkpoint beside everything else, reads every row of what was restored, and compares with what the dry run
/// read. Neither the source nor the target is touched.
package struct DrillStage: Sendable {
    private let job: CutoverJob
    private let checkpoint: SourceCheckpoint
    private let expected: Digest
    private let progress: CutoverProgress
    private let clock: any WallClock

    /// `expected` is the digest of the source's rows at the time of the checkpoint.
    package init(
        _ job: CutoverJob, checkpoint: SourceCheckpoint, expected: Digest, progress: CutoverProgress = .silent,
        clock: any WallClock
    ) {
        self.job = job
        self.checkpoint = checkpoint
        self.expected = expected
        self.progress = progress
        self.clock = clock
    }

    package func run(in folder: URL) throws -> DrillReport {
        let start = clock.now()
        let restored = folder.appending(path: "restored-\(UUID().uuidString).sqlite")
        defer { try? FileManager.default.removeItem(at: restored) }
        progress.began("restoring the checkpoint")
        do {
            try FileManager.default.copyItem(atPath: checkpoint.path, toPath: restored.path)
        } catch {
            return failed("\(checkpoint.path) cannot be read: the checkpoint is gone", since: start)
        }
        guard try SourceCheckpoint.digest(of: restored).0 == checkpoint.digest else {
            return failed("\(checkpoint.path) is not what was written: its bytes have another digest", since: start)
        }
        do {
            let tables = try digests(of: restored.path)
            let digest = SnapshotDigest.digest(of: tables)
            let rows = tables.reduce(0) { $0 + $1.rows }
            let detail =
                digest == expected
                ? "restored \(rows) rows, every one as the dry run read it"
                : "restored \(rows) rows with the digest \(digest.short), and the dry run read \(expected.short)"
            return DrillReport(
                expected: expected, restored: digest, rows: rows, seconds: clock.now().seconds(since: start),
                detail: detail)
        } catch let error as DatabaseError {
            return failed("what was restored cannot be read: \(error)", since: start)
        }
    }

    private func digests(of path: String) throws -> [TableDigest] {
        let source = try OpenSource(path: path, for: job.manifest)
        let side = SourceSide(file: source.file, schema: source.schema)
        return try source.file.snapshot {
            try job.manifest.included.map { table in
                progress.began("reading \(table.source) as restored")
                return try side.digest(of: table, progress: progress.rows)
            }
        }
    }

    private func failed(_ detail: String, since start: Timestamp) -> DrillReport {
        DrillReport(
            expected: expected, restored: nil, rows: 0, seconds: clock.now().seconds(since: start), detail: detail)
    }
}
