import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// Everything that was written down says yes, and the server says no.
@Suite(.timeLimit(.minutes(15))) struct SeededLieTests {
    private static let claims = ScenarioRole.allCases.map(\.rawValue)

    @Test func `each lie of the server is found, and named`() async throws {
        try await ScenarioMoveFixture.with("lies") { moved in
            let stage = WiringStage(moved.job, claims: Self.claims, accepted: nil)
            let honest = try await stage.run()
            #expect(honest.passes, "\(honest.checks)")
            #expect(honest.isInPlace)
            let target = moved.job.manifest.target
            let filled = { (text: String) in
                text.replacingOccurrences(of: "{s}", with: target.schema)
                    .replacingOccurrences(of: "{app}", with: target.applicationRole)
                    .replacingOccurrences(of: "{owner}", with: target.ownerRole)
            }
            for lie in SeededLie.all {
                try await Self.run(lie.make.map(filled), on: moved.url)
                let report = try await stage.run()
                let found = report.checks.filter { $0.outcome == .fail }.map(\.detail).joined(separator: "; ")
                #expect(found.contains(filled(lie.named)), "\(lie.name): \(found)")
                try await Self.run(lie.undo.map(filled), on: moved.url)
            }
            #expect(try await stage.run().passes)
        }
    }

    @Test func `a certificate that was swapped is another endpoint`() async throws {
        try await ScenarioMoveFixture.with("swapped") { moved in
            let stage = WiringStage(
                moved.job, claims: Self.claims, accepted: "sha256:" + String(repeating: "0", count: 64))
            let report = try await stage.run()
            #expect(report.checks.first?.outcome == .fail)
            #expect(report.checks.first?.detail.contains("was accepted") == true)
        }
    }

    @Test func `a checkpoint is proven by restoring it and by nothing else`() async throws {
        try await ScenarioMoveFixture.with("restored") { moved in
            try await withTemporaryDirectory { folder in
                let folder = URL(filePath: folder)
                let fingerprint = try SourceFingerprint(of: moved.job.sourcePath).text
                let checkpoint = try SourceCheckpoint.make(of: moved.job, as: fingerprint, in: folder)
                let expected = try #require(try PreflightStage(moved.job).run().snapshotDigest)
                let drill = { (checkpoint: SourceCheckpoint) in
                    try DrillStage(moved.job, checkpoint: checkpoint, expected: expected, clock: ManualClock())
                        .run(in: folder)
                }
                #expect(try drill(checkpoint).passes)

                // The packet names a file, and the file is another by one byte.
                var bytes = try Data(contentsOf: URL(filePath: checkpoint.path))
                bytes[bytes.count / 2] ^= 1
                let bent = folder.appending(path: "bent.sqlite")
                try bytes.write(to: bent)
                #expect(
                    try drill(SourceCheckpoint(path: bent.path, digest: checkpoint.digest, bytes: bytes.count)).detail
                        .contains("another digest"))
                // Its digest was brought up to date with it, and what is in it was never read: a whole page is gone.
                for place in bytes.indices.dropFirst(4096 * 3).prefix(4096) { bytes[place] = 0xFF }
                try bytes.write(to: bent)
                let (digest, count) = try SourceCheckpoint.digest(of: bent)
                let broken = try drill(SourceCheckpoint(path: bent.path, digest: digest, bytes: count))
                #expect(!broken.passes, "\(broken.detail)")
                #expect(
                    try drill(SourceCheckpoint(path: "/nowhere.sqlite", digest: digest, bytes: count)).detail
                        .contains("the checkpoint is gone"))
            }
        }
    }

    @Test func `a source that was written meanwhile makes no checkpoint`() async throws {
        try await ScenarioMoveFixture.with("written") { moved in
            try await withTemporaryDirectory { folder in
                #expect(throws: CutoverError.self) {
                    _ = try SourceCheckpoint.make(of: moved.job, as: "of another time", in: URL(filePath: folder))
                }
                let left = try FileManager.default.contentsOfDirectory(atPath: folder)
                #expect(left.isEmpty)
            }
        }
    }

    private static func run(_ statements: [String], on url: String) async throws {
        try await PostgresSession(try PostgresAddress(url)).run { connection in
            for statement in statements { try connection.run(statement) }
        }
    }
}
