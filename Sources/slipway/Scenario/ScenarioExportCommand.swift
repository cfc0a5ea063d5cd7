import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations

extension ScenarioCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write the rows as they are at this moment to a snapshot file.")

        @Option(name: [.short, .long], help: ArgumentHelp("The file to make.", valueName: "file"))
        var output: String

        @Flag(help: "Replace the file when it is there already.")
        var force = false

        @Flag(help: "Print the result as JSON.")
        var json = false

        @OptionGroup var target: ScenarioTarget

        func run() async throws {
            try await Console.run(json: json) { console in
                guard force || !FileManager.default.fileExists(atPath: output) else {
                    throw CommandFailure(
                        status: .usage, description: "\(output) exists: choose another -o, or --force")
                }
                let (installation, face) = try await target.open()
                let summary = try await write(face, installation.context())
                console.line("wrote \(Figures.count(summary.rows, "row")) to \(output)")
                console.line("snapshot_digest \(summary.digest)")
                try console.result(summary.json(file: output))
            }
        }

        /// The file is there once it is whole.
        private func write(_ face: ScenarioFace, _ context: OperationContext) async throws -> ScenarioSnapshotSummary {
            let fresh = "\(output).new-\(ProcessInfo.processInfo.processIdentifier)"
            guard FileManager.default.createFile(atPath: fresh, contents: nil, attributes: [.posixPermissions: 0o600]),
                let file = FileHandle(forWritingAtPath: fresh)
            else { throw CommandFailure(status: .unreachable, description: "\(output) cannot be made") }
            do {
                let summary = try await face.export(tenant: target.tenant, context) { try file.write(contentsOf: $0) }
                try file.synchronize()
                try file.close()
                if FileManager.default.fileExists(atPath: output) { try FileManager.default.removeItem(atPath: output) }
                try FileManager.default.moveItem(atPath: fresh, toPath: output)
                return summary
            } catch {
                try? FileManager.default.removeItem(atPath: fresh)
                throw error
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take a snapshot file into an empty store, all of it or nothing.",
            discussion: """
                Exit status: 0 its rows are there, also when they were there before; 2 the store has others; 3 the file is \
                not what was written, and it says how.
                """)

        @Argument(help: "The file that `slipway scenario export` made.")
        var file: String

        @Flag(help: "Print the result as JSON.")
        var json = false

        @OptionGroup var target: ScenarioTarget

        func run() async throws {
            try await Console.run(json: json) { console in
                guard let content = FileManager.default.contents(atPath: file) else {
                    throw CommandFailure(status: .unreachable, description: "\(file) cannot be read")
                }
                let (installation, face) = try await target.open()
                let taken = try await face.restore(tenant: target.tenant, installation.context()) {
                    try ScenarioEnvelope(parsing: Array(content))
                }
                let rows = Figures.count(taken.summary.rows, "row")
                console.line(taken.isNew ? "took in \(rows)" : "\(rows) are there already")
                console.line("snapshot_digest \(taken.summary.digest)")
                try console.result(taken.summary.json(file: file))
            }
        }
    }
}

extension FileHandle {
    fileprivate func write(contentsOf bytes: [UInt8]) throws {
        try write(contentsOf: Data(bytes))
    }
}

extension ScenarioSnapshotSummary {
    fileprivate func json(file: String) -> JSONValue {
        [
            "file": .string(file), "rows": .integer(Int64(rows)), "snapshotDigest": .string("\(digest)"),
            "counts": .object(
                Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, .integer(Int64($0.value))) })),
        ]
    }
}
