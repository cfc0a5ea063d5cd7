import Foundation
import SlipwaySQL
import Testing

extension CanaryFixture {
    /// All that is kept: on SQLite the bytes of its files, on PostgreSQL each value of each table.
    func stored() async throws -> [UInt8] {
        let owner = on.fixture.owner.scoped(to: .system)
        guard owner.dialect == .sqlite else { return try await rows(of: owner) }
        let path = try await owner.read { try $0.query("PRAGMA database_list").first?.text("file") }
        let file = try #require(path)
        return try ["", "-wal"].reduce(into: []) { bytes, suffix in
            bytes += try Data(contentsOf: URL(filePath: file + suffix))
        }
    }

    private func rows(of owner: any Database) async throws -> [UInt8] {
        try await owner.read { transaction in
            let tables = try transaction.query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
            var bytes: [UInt8] = []
            for table in tables {
                for row in try transaction.query("SELECT * FROM \(identifier: try table.text("table_name"))") {
                    for value in row.values {
                        switch value {
                        case .text(let text): bytes += Array(text.utf8)
                        case .blob(let blob): bytes += blob
                        case .integer(let number): bytes += Array("\(number)".utf8)
                        case .null, .real: break
                        }
                        bytes.append(0)
                    }
                }
            }
            return bytes
        }
    }
}
