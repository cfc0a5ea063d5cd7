import SlipwaySQLite

/// A tenant as the target's setting names it: a text as it is, an integer in digits.
///
/// Two names are one only when their bytes are: Swift's strings count letters that look alike as equal, and
/// PostgreSQL does not.
package struct TenantName: Hashable, Comparable, Sendable {
    /// Rows that belong to everybody.
    static let shared = TenantName("")
    /// A row that names nobody, which no application session could see.
    static let missing = TenantName("‹no tenant›")

    package let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The tenant a source's value names; nil when it names nobody.
    init?(_ cell: CellValue) {
        switch cell {
        case .integer(let value): text = String(value)
        case .text(let bytes):
            guard !bytes.isEmpty, !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
                return nil
            }
            self.text = text
        default: return nil
        }
    }

    /// Read back out of a row's canonical bytes.
    init(canonical bytes: UnsafeRawBufferPointer) {
        switch bytes.first {
        case 1: text = String(bytes.bigEndian(1, as: Int64.self))
        case 3: text = String(decoding: bytes[5...], as: UTF8.self)
        default: self = .missing
        }
    }

    package static func == (left: TenantName, right: TenantName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package static func < (left: TenantName, right: TenantName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
