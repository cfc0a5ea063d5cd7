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

    /// The one change that turns a block back into the one with this digest, if a single byte explains it.
    static func undoing(_ block: [UInt8], to digest: Digest) -> ByteChange? {
        undoing(block) { Digest(sha256Of: $0) == digest }
    }

    /// Tries every byte at every place: a block is short, and a changed byte deserves its name.
    static func undoing(_ block: [UInt8], until isWhole: ([UInt8]) -> Bool) -> ByteChange? {
        var candidate = block
        for offset in block.indices {
            let original = block[offset]
            for byte in UInt8.min...UInt8.max where byte != original {
                candidate[offset] = byte
                if isWhole(candidate) { return ByteChange(offset: offset, reads: original, sealed: byte) }
            }
            candidate[offset] = original
        }
        return nil
    }
}
