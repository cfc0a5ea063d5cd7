import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQLite
import SlipwayTesting
import Testing

@testable import SlipwayCutover

/// A database nobody here wrote: the public Chinook sample, kept beside the project and never in it.
@Suite(.timeLimit(.minutes(15))) struct ChinookTests {
    private static var path: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data/chinook.sqlite")
            .standardizedFileURL.path(percentEncoded: false)
    }

    private static var isPresent: Bool { FileManager.default.fileExists(atPath: path) }

    @Test func `the sample is there where it must be`() {
        if ProcessInfo.processInfo.environment["CI"] == "true" { #expect(Self.isPresent) }
    }

    @Test(.enabled(if: Self.isPresent))
    func `every row of Chinook arrives, for a tenant it never knew`() async throws {
        try await TestCluster.shared.withDatabase { url in
            let job = try SourceFixture.job(source: Self.path, target: url, tenant: .constant("acme"), name: "chinook")
            let preflight = try PreflightStage(job).run()
            #expect(preflight.passes)
            #expect(preflight.rows == 15_607)
            let dryRun = try await DryRunStage(job, clock: ManualClock()).run()
            #expect(dryRun.passes)
            let copied = try await CopyStage(job).run()
            #expect(copied.rows == 15_607)
            let report = try await VerifyStage(job).run()
            #expect(report.holds)
            #expect(report.sourceDigest == preflight.snapshotDigest)
            #expect(report.targetDigest == preflight.snapshotDigest)
            #expect(dryRun.verification.targetDigest == preflight.snapshotDigest)
        }
    }
}
