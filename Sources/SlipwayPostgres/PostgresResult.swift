import CLibPQ
package import SlipwaySQL

/// The answer to one statement; freed with the value.
package final class PostgresResult {
    let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    package var count: Int { Int(PQntuples(pointer)) }

    /// Rows that an INSERT, UPDATE, DELETE or COPY changed.
    package var changed: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    package var columns: [String] {
        (0..<PQnfields(pointer)).map { String(cString: PQfname(pointer, $0)) }
    }

    /// A field as text; nil for NULL.
    package func text(_ row: Int, _ column: Int) -> String? {
        guard PQgetisnull(pointer, Int32(row), Int32(column)) == 0 else { return nil }
        let length = Int(PQgetlength(pointer, Int32(row), Int32(column)))
        guard let start = PQgetvalue(pointer, Int32(row), Int32(column)) else { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }

    package func integer(_ row: Int, _ column: Int) -> Int64? {
        text(row, column).flatMap { Int64($0) }
    }

    /// A field as a value, by its type: integers, doubles, truth as 0 and 1, bytes; text for all others.
    package func value(_ row: Int, _ column: Int) -> SQLValue {
        guard let text = text(row, column) else { return .null }
        switch PQftype(pointer, Int32(column)) {
        case 20, 21, 23, 26: return Int64(text).map(SQLValue.integer) ?? .text(text)
        case 700, 701: return Double(text).map(SQLValue.real) ?? .text(text)
        case 16: return .integer(text == "t" ? 1 : 0)
        case 17: return .blob(Self.bytes(hex: text))
        default: return .text(text)
        }
    }

    package func rows() -> [Row] {
        let columns = columns
        return (0..<count).map { row in
            Row(columns: columns, values: columns.indices.map { value(row, $0) })
        }
    }

    func check(on connection: OpaquePointer) throws(DatabaseError) {
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_EMPTY_QUERY: return
        default: throw PostgresErrorMapping.answering(self, on: connection)
        }
    }

    /// One field of the error report, such as the SQLSTATE.
    func diagnostic(_ field: Int32) -> String? {
        PQresultErrorField(pointer, field).map { String(cString: $0) }
    }

    /// The bytes of `\x…`.
    private static func bytes(hex text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for digit in text.utf8.dropFirst(2) {
            let nibble = digit < 0x3A ? digit & 0x0F : (digit & 0x0F) + 9
            if let first = high {
                bytes.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return bytes
    }
}
