/// What finds one changed byte in a text of known length without trying: the exclusive-or of all bytes, and for
/// each bit of a byte's place the exclusive-or of the bytes whose place has that bit.
///
/// One changed byte shows by how much in the first, and where in the others. Whether it was only one is for a
/// digest to say.
struct ByteLocator: Equatable {
    private(set) var parities: [UInt8]

    init(of bytes: [UInt8]) {
        let bits = max(1, Int.bitWidth - max(0, bytes.count - 1).leadingZeroBitCount)
        parities = [UInt8](repeating: 0, count: bits + 1)
        for (place, byte) in bytes.enumerated() {
            parities[0] ^= byte
            for bit in 0..<bits where place >> bit & 1 == 1 { parities[bit + 1] ^= byte }
        }
    }

    init?(hex: String) {
        guard let bytes = Hex.bytes(hex), !bytes.isEmpty else { return nil }
        parities = bytes
    }

    var hex: String { Hex.text(parities) }

    /// The one change that explains the difference between these bytes and what this locator was made of; nil
    /// when no single change does.
    func change(in bytes: [UInt8]) -> ByteChange? {
        let found = ByteLocator(of: bytes)
        guard found.parities.count == parities.count else { return nil }
        let delta = found.parities[0] ^ parities[0]
        guard delta != 0 else { return nil }
        var place = 0
        for bit in 1..<parities.count {
            switch found.parities[bit] ^ parities[bit] {
            case 0: break
            case delta: place |= 1 << (bit - 1)
            default: return nil
            }
        }
        guard place < bytes.count else { return nil }
        return ByteChange(offset: place, reads: bytes[place], sealed: bytes[place] ^ delta)
    }
}

/// One byte that was changed: where, what it reads, and what it was sealed as.
struct ByteChange: Equatable, CustomStringConvertible {
    let offset: Int
    let reads: UInt8
    let sealed: UInt8

    var description: String { ByteChange.words(reads: reads, sealed: sealed) }

    static func words(reads: UInt8, sealed: UInt8) -> String {
        "reads \(shown(reads)), was sealed as \(shown(sealed))"
    }

    private static func shown(_ byte: UInt8) -> String {
        byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "0x" + Hex.text([byte])
    }

    /// The bytes as they were before this change.
    func undone(in bytes: [UInt8]) -> [UInt8] {
        var whole = bytes
        whole[offset] = sealed
        return whole
    }
}
