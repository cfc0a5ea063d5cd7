import Foundation
import SlipwayDomain
import SlipwaySQL
import SlipwaySQLite

/// A folder of JSON Lines as a SQLite database: one table a file, made once for one state of the files.
///
/// From there on it is a source like any other. A key that is missing and a key that is null both become NULL.
package struct JSONLinesStaging {
    private let folder: String
    private let staging: String

    package init(folder: String, into staging: String) {
        self.folder = folder
        self.staging = staging
    }

    /// The path of the staged database, made now if these very files were not staged before: its name is the
    /// SHA-256 of their names and bytes.
    package func databasePath() throws -> String {
        let files = try self.files()
        let path = "\(staging)/\(try digest(of: files).hex).sqlite"
        if FileManager.default.fileExists(atPath: path) { return path }
        try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
        let fresh = "\(path).new-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            let writer = try SQLiteBulkWriter(creating: fresh)
            for file in files { try stage(file, into: writer) }
            try writer.close()
            try FileManager.default.moveItem(atPath: fresh, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: fresh)
            throw error
        }
        return path
    }

    private func files() throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = names.filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".ndjson") }.sorted()
        guard !files.isEmpty else {
            throw DatabaseError.misuse("\(folder) has no .jsonl files: name the folder that holds one file a table")
        }
        let tables = Dictionary(grouping: files) { $0.prefix { $0 != "." }.lowercased() }
        if let same = tables.values.first(where: { $0.count > 1 }) {
            throw DatabaseError.misuse("\(same.joined(separator: " and ")) would be one table: rename or join them")
        }
        return files
    }

    private func digest(of files: [String]) throws -> Digest {
        var builder = DigestBuilder()
        for name in files {
            guard let file = FileHandle(forReadingAtPath: "\(folder)/\(name)") else {
                throw DatabaseError.unavailable("\(folder)/\(name) cannot be read")
            }
            builder.update(Array(name.utf8) + [0])
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { builder.update([UInt8](chunk)) }
            try file.close()
        }
        return builder.finalize()
    }

    private func stage(_ file: String, into writer: SQLiteBulkWriter) throws {
        let name = String(file.prefix { $0 != "." })
        let table = try JSONLinesTable(path: "\(folder)/\(file)", name: name)
        let key = try table.key.flatMap { try isUnique($0, in: table, writer) ? $0 : nil }
        try writer.execute("CREATE TABLE \(SQL.quoted(name)) (\(definition(of: table, key: key)))")
        try fill(name, from: table, writer)
    }

    private func definition(of table: JSONLinesTable, key: String?) -> String {
        let columns = table.columns.map { column in
            "\(SQL.quoted(column.name)) \(column.keeping.declaration)"
                + (column.name == key ? " PRIMARY KEY NOT NULL" : "")
        }
        return columns.joined(separator: ", ")
    }

    /// Whether no two rows have the same key, asked of SQLite on disk so that memory stays flat.
    private func isUnique(_ key: String, in table: JSONLinesTable, _ writer: SQLiteBulkWriter) throws -> Bool {
        guard let place = table.columns.firstIndex(where: { $0.name == key }) else { return false }
        try writer.execute("CREATE TABLE slipway_keys (value BLOB PRIMARY KEY) WITHOUT ROWID")
        defer { try? writer.execute("DROP TABLE slipway_keys") }
        do {
            try table.forEachRow { values in
                _ = try writer.insert(into: "slipway_keys", columns: ["value"], rows: [[values[place]]])
            }
            return true
        } catch is SQLiteBulkFailure {
            return false
        }
    }

    private func fill(_ name: String, from table: JSONLinesTable, _ writer: SQLiteBulkWriter) throws {
        let columns = table.columns.map(\.name)
        var pending: [[SQLValue]] = []
        func flush() throws {
            _ = try writer.insert(into: name, columns: columns, rows: pending)
            pending.removeAll(keepingCapacity: true)
        }
        try table.forEachRow { values in
            pending.append(values)
            if pending.count == 1_000 { try flush() }
        }
        try flush()
    }
}
