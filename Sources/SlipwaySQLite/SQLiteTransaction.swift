import GRDB
import GRDBSQLite
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
        statement.setUncheckedArguments(StatementArguments())  // they are bound here, without a box for each
        for (index, value) in binds.enumerated() {
            guard try bind(value, to: Int32(index) + 1, of: statement.sqliteStatement) == SQLITE_OK else {
                throw SlipwaySQL.DatabaseError.misuse("SQLite does not take value \(index + 1) of \(text)")
            }
        }
        return statement
    }

    /// SQLite copies text and bytes: they need not outlive the call.
    private func bind(
        _ value: SQLValue, to position: Int32, of statement: OpaquePointer
    ) throws(SlipwaySQL.DatabaseError) -> Int32 {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: return sqlite3_bind_null(statement, position)
        case .integer(let integer): return sqlite3_bind_int64(statement, position, integer)
        case .real(let real): return sqlite3_bind_double(statement, position, real)
        case .text(var text):
            // It is read back as a C string: what follows a NUL would be cut off, and nobody would be told.
            guard !text.utf8.contains(0) else { throw .misuse("text with a NUL character cannot be stored") }
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(
                        statement, position, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes) where bytes.isEmpty: return sqlite3_bind_zeroblob(statement, position, 0)
        case .blob(let bytes):
            return sqlite3_bind_blob64(statement, position, bytes, UInt64(bytes.count), copied)
        }
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
}
