import Foundation
import GRDB
import SlipwaySQL

struct SQLiteTransaction: Transaction {
    let connection: GRDB.Database

    var dialect: Dialect { .sqlite }

    func query(_ sql: SlipwaySQL.SQL) throws(SlipwaySQL.DatabaseError) -> [SlipwaySQL.Row] {
        try mapped { () throws in
            let statement = try prepared(sql)
            let columns = statement.columnNames
            var rows: [SlipwaySQL.Row] = []
            let cursor = try GRDB.Row.fetchCursor(statement)
            while let row = try cursor.next() {
                rows.append(SlipwaySQL.Row(columns: columns, values: row.databaseValues.map(SQLValue.init)))
            }
            return rows
        }
    }

    @discardableResult
    func execute(_ sql: SlipwaySQL.SQL) throws(SlipwaySQL.DatabaseError) -> Int {
        try mapped { () throws in
            let before = connection.totalChangesCount
            try prepared(sql).execute()
            return connection.totalChangesCount - before
        }
    }

    func follow(with statements: [SlipwaySQL.SQL]) throws(SlipwaySQL.DatabaseError) {
        for statement in statements { try execute(statement) }
    }

    private func prepared(_ sql: SlipwaySQL.SQL) throws -> Statement {
        let (text, binds) = sql.rendered(for: .sqlite)
        let statement = try connection.cachedStatement(sql: text)
        // GRDB hands text over as a C string: what follows a NUL would be cut off, and nobody would be told.
        for case .text(let text) in binds where text.utf8.contains(0) {
            throw SlipwaySQL.DatabaseError.misuse("text with a NUL character cannot be stored")
        }
        try statement.setArguments(StatementArguments(binds.map(\.databaseValue)))
        return statement
    }

    private func mapped<Result>(_ body: () throws -> Result) throws(SlipwaySQL.DatabaseError) -> Result {
        do {
            return try body()
        } catch let error as SlipwaySQL.DatabaseError {
            throw error
        } catch let error as GRDB.DatabaseError {
            throw SlipwaySQL.DatabaseError(error, in: connection)
        } catch {
            throw .engine(code: "sqlite", message: "\(error)")
        }
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        case .double(let real): self = .real(real)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob([UInt8](data))
        }
    }

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .real(let real): real.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}
