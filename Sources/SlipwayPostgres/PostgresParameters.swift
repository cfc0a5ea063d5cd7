import SlipwaySQL

/// Values as libpq takes them: text for all but bytes, which go as they are.
enum PostgresParameters {
    /// Lends C arrays for the length of the body. Throws `misuse` for text with a NUL, which PostgreSQL cannot
    /// hold and C would cut short.
    static func withPointers<Result>(
        _ binds: [SQLValue],
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) throws(DatabaseError) -> Result {
        var storage: [UInt8] = []
        var offsets: [Int?] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for bind in binds {
            guard let (bytes, isBinary) = try encoded(bind) else {
                offsets.append(nil)
                lengths.append(0)
                formats.append(0)
                continue
            }
            offsets.append(storage.count)
            lengths.append(Int32(bytes.count))
            formats.append(isBinary ? 1 : 0)
            storage += bytes
            storage.append(0)
        }
        return storage.withUnsafeBytes { raw in
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
            return body(Int32(binds.count), pointers, lengths, formats)
        }
    }

    /// Throws `misuse` for a value that PostgreSQL cannot hold.
    static func check(_ binds: [SQLValue]) throws(DatabaseError) {
        for case .text(let text) in binds where text.utf8.contains(0) {
            throw .misuse("text with a NUL character cannot be stored")
        }
    }

    private static func encoded(_ value: SQLValue) throws(DatabaseError) -> (bytes: [UInt8], isBinary: Bool)? {
        switch value {
        case .null: return nil
        case .integer(let integer): return (Array(String(integer).utf8), false)
        case .real(let real): return (Array(real.description.utf8), false)
        case .blob(let bytes): return (bytes, true)
        case .text(let text):
            guard !text.utf8.contains(0) else { throw .misuse("text with a NUL character cannot be stored") }
            return (Array(text.utf8), false)
        }
    }
}
