import SlipwayPostgres

/// Takes the rows of a binary COPY apart: a header before the first, then tuples of length-prefixed fields.
struct TupleReader {
    private static let signatureLength = 19
    private var sawHeader = false

    /// The tuple in a chunk, or nil for the trailer; throws when it is not what the protocol says.
    mutating func tuple(in chunk: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer? {
        var tuple = chunk
        if !sawHeader {
            guard chunk.count >= TupleReader.signatureLength, chunk.starts(with: Array("PGCOPY\n".utf8)) else {
                throw CutoverError.protocolFault("a binary COPY without its header")
            }
            sawHeader = true
            tuple = chunk.slice(TupleReader.signatureLength, chunk.count - TupleReader.signatureLength)
        }
        guard tuple.count >= 2 else { return nil }
        return tuple.bigEndian(0, as: Int16.self) < 0 ? nil : tuple
    }
}

/// The fields of one tuple, front to back.
struct FieldReader {
    private let tuple: UnsafeRawBufferPointer
    private var offset = 2
    let count: Int

    init(_ tuple: UnsafeRawBufferPointer) {
        self.tuple = tuple
        count = Int(tuple.bigEndian(0, as: Int16.self))
    }

    /// The next field; nil inside the optional for NULL.
    @inline(__always)
    mutating func next() throws -> UnsafeRawBufferPointer? {
        guard offset + 4 <= tuple.count else { throw CutoverError.protocolFault("a tuple that ends early") }
        let length = Int(tuple.bigEndian(offset, as: Int32.self))
        offset += 4
        guard length >= 0 else { return nil }
        guard offset + length <= tuple.count else { throw CutoverError.protocolFault("a field that ends early") }
        defer { offset += length }
        return tuple.slice(offset, length)
    }
}
