/// Whose rows they are: the name of a tenant, as it stands in every row and in the setting that policies read.
///
/// 1 to 128 bytes without control characters. Two names are one only when their bytes are: an engine compares no other way.
package struct ScenarioTenant: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// The tenant of the demo session, which is there without anybody having added it.
    package static let demo = ScenarioTenant(unchecked: "bfg")

    /// Nil for what cannot be the name of a tenant.
    package init?(_ name: String) {
        guard ScenarioText.isName(name) else { return nil }
        self.name = name
    }

    private init(unchecked name: String) {
        self.name = name
    }

    package static func == (left: ScenarioTenant, right: ScenarioTenant) -> Bool {
        ScenarioText.areSame(left.name, right.name)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }

    package var description: String { name }
}

/// Texts as engines see them: bytes. To Swift an e with its accent is the same text in one scalar or in two.
package enum ScenarioText {
    /// Whether a text may name a tenant or an actor.
    package static func isName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    /// Whether a text may name a row: 1 to 128 letters and digits of ASCII, dots, colons, dashes and underscores, of
    /// which a letter or digit comes first.
    package static func isRowID(_ text: String) -> Bool {
        guard (1...128).contains(text.utf8.count), let first = text.utf8.first, isWordByte(first) else { return false }
        return text.utf8.allSatisfy { isWordByte($0) || [0x2D, 0x2E, 0x3A, 0x5F].contains($0) }
    }

    /// The same as a regular expression, for documents.
    package static let rowIDPattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$"

    package static func areSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    package static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
