import Foundation
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQLite

@testable import SlipwayCutover

/// Makes sources and the jobs that move them.
enum SourceFixture {
    /// Plans a source and gives the job of the plan, with the manifest as its file would read.
    static func job(
        source path: String, target url: String, tenant: PlanRequest.Tenant, name: String = "fixture",
        editing edit: (inout Manifest) -> Void = { _ in }
    ) throws -> CutoverJob {
        let source = try OpenSource(path: path)
        let request = PlanRequest(name: name, sourceKind: .sqlite, sourcePath: path, targetURL: url, tenant: tenant)
        let planner = Planner(request, file: source.file, schema: source.schema)
        var manifest = try CutoverJob.manifest(from: planner.text(of: try planner.manifest()))
        edit(&manifest)
        let digest = Digest(sha256Of: ManifestWriter.text(of: manifest).utf8)
        return CutoverJob(
            manifest: manifest, manifestDigest: digest, sourcePath: path, target: try PostgresAddress(url))
    }

    /// Lends a new database file made by these statements.
    nonisolated(nonsending) static func withSource<Result>(
        _ sql: String, _ body: (_ path: String) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-source-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "source.sqlite").path(percentEncoded: false)
        let writer = try SQLiteBulkWriter(creating: path)
        try writer.execute(sql)
        try writer.close()
        return try await body(path)
    }
}
