import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwaySQLite

/// `slipway scenario …`: the bundled demo scenario.
struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract: "Make and move the bundled demo scenario, \(ScenarioGenerator.sessionName).",
        subcommands: [Seed.self, Fill.self, Status.self, Export.self, Import.self])
}

extension ScenarioCommand {
    struct Seed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "seed",
            abstract: "Write the scenario to a new SQLite file; the same numbers give the same rows anywhere.")

        @Option(help: "Which scenario: any number, each with its own rows.")
        var seed: UInt64 = 1

        @Option(help: "How many tenants, at least 1.")
        var tenants = 12

        @Option(help: "How many rows over all tables; a few hundred at the least.")
        var rows = 100_000

        @Option(name: [.short, .long], help: ArgumentHelp("The file to make.", valueName: "file"))
        var output: String

        @Flag(help: "Replace the file when it is there already.")
        var force = false

        @Flag(help: "Print the result as JSON.")
        var json = false

        func validate() throws {
            guard tenants >= 1 else { throw ValidationError("There has to be at least one tenant.") }
            guard rows >= 1 else { throw ValidationError("There has to be at least one row.") }
        }

        func run() async throws {
            try await Console.run(json: json) { try seed($0) }
        }

        private func seed(_ console: Console) throws {
            let started = ContinuousClock.now
            let summary = try write()
            let seconds = (ContinuousClock.now - started) / .seconds(1)
            let size = try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0
            let report = ScenarioReport(
                file: output, seed: seed, tenants: tenants, rows: summary.rows, bytes: size, seconds: seconds,
                tables: summary.tables)
            print(json ? try report.json() : report.text)
        }

        /// With `--force` the new file is made beside the old one and takes its place when it is whole.
        private func write() throws -> ScenarioSummary {
            let generator = ScenarioGenerator(seed: seed, tenants: tenants, rows: rows)
            guard FileManager.default.fileExists(atPath: output) else {
                return try writeScenario(generator, to: output)
            }
            guard force else {
                throw CommandFailure(status: .usage, description: "\(output) exists: choose another -o, or --force")
            }
            let fresh = "\(output).new-\(ProcessInfo.processInfo.processIdentifier)"
            let summary = try writeScenario(generator, to: fresh)
            for tail in ["", "-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: output + tail) {
                try FileManager.default.removeItem(atPath: output + tail)
            }
            try FileManager.default.moveItem(atPath: fresh, toPath: output)
            return summary
        }
    }
}

/// What `slipway scenario seed` says when it is done.
struct ScenarioReport: Encodable {
    let session = ScenarioGenerator.sessionName
    let file: String
    let seed: UInt64
    let tenants: Int
    let rows: Int
    let bytes: Int
    let seconds: Double
    let tables: [ScenarioSummary.Table]

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var text: String {
        let width = tables.map(\.name.count).max() ?? 0
        let lines = tables.map { table in
            let name = table.name + String(repeating: " ", count: width - table.name.count)
            return "  \(name)  \(Self.aligned(table.rows))  \(table.batch)"
        }
        let tenth = (seconds * 10).rounded() / 10
        let megabytes = (Double(bytes) / 100_000).rounded() / 10
        return """
            \(session), seed \(seed), \(tenants) tenant\(tenants == 1 ? "" : "s"):
            \(lines.joined(separator: "\n"))
            Wrote \(Self.grouped(rows)) rows (\(megabytes) MB) to \(file) in \(tenth) s.
            """
    }

    private static func aligned(_ number: Int) -> String {
        let text = grouped(number)
        return String(repeating: " ", count: max(0, 10 - text.count)) + text
    }

    private static func grouped(_ number: Int) -> String {
        var digits = Substring(String(number))
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }
}
