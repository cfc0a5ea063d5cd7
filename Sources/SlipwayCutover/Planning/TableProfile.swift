import SlipwaySQL
import SlipwaySQLite

/// Reads a table once and profiles its columns.
enum TableProfile {
    static func columns(of table: SourceTable, in file: SQLiteFile) throws -> [String: ColumnProfile] {
        let columns = table.columns.filter { !$0.isGenerated }
        var profiles = columns.map { ColumnProfile(declared: DeclaredType($0.declaredType).type) }
        let judge = CellJudge()
        let list = columns.map { SQL.quoted($0.name) }.joined(separator: ", ")
        let cursor = try file.rows("SELECT \(list) FROM \(SQL.quoted(table.name))")
        while try cursor.next() {
            for index in profiles.indices { profiles[index].see(cursor.cell(Int32(index)), judge: judge) }
        }
        return Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), profiles))
    }
}
