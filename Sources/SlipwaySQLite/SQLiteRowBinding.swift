import GRDBSQLite
import SlipwaySQL

/// Binds whole rows to one statement. Texts and blobs are laid side by side in a buffer that lives from row to row,
/// so that SQLite need not copy each of them before it is run.
struct SQLiteRowBinding: ~Copyable {
    private let statement: OpaquePointer
    private var buffer: UnsafeMutableRawBufferPointer

    init(to statement: OpaquePointer) {
        self.statement = statement
        buffer = .allocate(byteCount: 4096, alignment: 1)
    }

    deinit {
        buffer.deallocate()
    }

    /// Binds the values to the parameters 1, 2, … and returns nil, or the position of the first that SQLite would
    /// not take. The statement has to be run, and reset, before the next row is bound.
    mutating func bind(_ row: [SQLValue]) -> Int? {
        reserve(row)
        var used = 0
        for index in row.indices {
            let parameter = Int32(index) + 1
            let code: Int32 =
                switch row[index] {
                case .null: sqlite3_bind_null(statement, parameter)
                case .integer(let integer): sqlite3_bind_int64(statement, parameter, integer)
                case .real(let real): sqlite3_bind_double(statement, parameter, real)
                case .text(let text): bind(text, to: parameter, at: &used)
                case .blob(let bytes): bind(bytes, to: parameter, at: &used)
                }
            guard code == SQLITE_OK else { return index }
        }
        return nil
    }

    /// Makes room for every byte of the row at once: what is bound must not move before the statement has run.
    private mutating func reserve(_ row: [SQLValue]) {
        var needed = 0
        for index in row.indices {
            switch row[index] {
            case .text(let text): needed += text.utf8.count
            case .blob(let bytes): needed += bytes.count
            case .null, .integer, .real: break
            }
        }
        guard needed > buffer.count else { return }
        buffer.deallocate()
        buffer = .allocate(byteCount: needed * 2, alignment: 1)
    }

    private func bind(_ text: String, to parameter: Int32, at used: inout Int) -> Int32 {
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[used...])
        var text = text
        let count = text.withUTF8 { bytes in
            room.copyBytes(from: bytes)
            return bytes.count
        }
        used += count
        return sqlite3_bind_text64(
            statement, parameter, start(of: room), UInt64(count), nil, UInt8(SQLITE_UTF8))
    }

    private func bind(_ bytes: [UInt8], to parameter: Int32, at used: inout Int) -> Int32 {
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, parameter, 0) }
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[used...])
        room.copyBytes(from: bytes)
        used += bytes.count
        return sqlite3_bind_blob64(statement, parameter, room.baseAddress, UInt64(bytes.count), nil)
    }

    /// Never nil: SQLite would take that for NULL, and an empty text is not that.
    private func start(of room: UnsafeMutableRawBufferPointer) -> UnsafePointer<CChar>? {
        (room.baseAddress ?? buffer.baseAddress).map { UnsafePointer($0.assumingMemoryBound(to: CChar.self)) }
    }
}
