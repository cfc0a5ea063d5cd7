import ArgumentParser
import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwayPostgres

/// What every stage of a cutover takes.
struct CutoverOptions: ParsableArguments {
    @Option(name: [.customShort("f"), .long], help: "The manifest, as `slipway cutover plan` wrote it.")
    var file: String

    @Option(help: "The target's URL with its password, when neither PGPASSWORD nor ~/.pgpass has it.")
    var target: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions
}

extension CutoverJob {
    /// Reads a manifest and finds what it names. `target` stands for the manifest's target, with its password.
    init(reading file: String, target: String?, data: String) throws {
        guard let bytes = Self.contents(of: file) else {
            throw CommandFailure(
                status: .usage, description: "\(file) cannot be read: make one with `slipway cutover plan`")
        }
        try self.init(bytes, of: file, target: target, data: data)
    }

    /// Of a regular file alone: a pipe or a device could go on for ever.
    static func contents(of file: String) -> Data? {
        let type = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: file).resolvingSymlinksInPath().path)[.type]
        guard type as? FileAttributeType == .typeRegular else { return nil }
        return FileManager.default.contents(atPath: file)
    }

    init(_ bytes: Data, of file: String, target: String?, data: String) throws {
        let url = URL(fileURLWithPath: file)
        let manifest = try CutoverJob.manifest(from: String(decoding: bytes, as: UTF8.self))
        let written = URL(fileURLWithPath: manifest.source.path, relativeTo: url.deletingLastPathComponent())
        self.init(
            manifest: manifest, manifestDigest: Digest(sha256Of: [UInt8](bytes)),
            sourcePath: try SourceLocation(kind: manifest.source.kind, path: written.path, data: data).databasePath(),
            target: try PostgresAddress(target ?? manifest.target.url))
    }
}

/// Where the database to read is: the source itself, or what its JSON Lines are staged in.
struct SourceLocation {
    let kind: Manifest.SourceReference.Kind
    let path: String
    let data: String

    func databasePath() throws -> String {
        kind == .sqlite ? path : try JSONLinesStaging(folder: path, into: data + "/staging").databasePath()
    }
}
