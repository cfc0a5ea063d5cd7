import SlipwaySQLite

/// The one form in which a row is compared: each value's storage class, length and bytes, in column order.
///
/// It is the source's own value, not the target's encoding of it: a value that was changed on the way in cannot
/// look right on the way out. docs/verification.md gives the format for anyone who wants to compute it.
struct CanonicalRow {
    let buffer: ByteBuffer
    /// Where each column's bytes start, and where the row ends.
    private(set) var offsets: [Int] = []

    init(columns: Int) {
        buffer = ByteBuffer()
        offsets.reserveCapacity(columns + 1)
    }

    mutating func removeAll() {
        buffer.removeAll()
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
    }

    @inline(__always)
    mutating func append(_ cell: CellValue) {
        switch cell {
        case .null: buffer.append(0 as UInt8)
        case .integer(let value):
            buffer.append(1 as UInt8)
            buffer.append(bigEndian: value)
        case .real(let value):
            buffer.append(2 as UInt8)
            buffer.append(bigEndian: value.bitPattern)
        case .text(let bytes):
            buffer.append(3 as UInt8)
            buffer.append(bigEndian: UInt32(bytes.count))
            buffer.append(bytes)
        case .blob(let bytes):
            buffer.append(4 as UInt8)
            buffer.append(bigEndian: UInt32(bytes.count))
            buffer.append(bytes)
        }
        offsets.append(buffer.count)
    }

    var bytes: UnsafeRawBufferPointer { buffer.bytes }

    func column(_ index: Int) -> UnsafeRawBufferPointer {
        buffer.bytes.slice(offsets[index], offsets[index + 1] - offsets[index])
    }

    /// A quick hash of the key's columns, only to spread rows over buckets.
    @inline(__always)
    func keyHash(_ columns: [Int]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in columns {
            for byte in column(index) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        return hash ^ (hash >> 29)
    }
}
