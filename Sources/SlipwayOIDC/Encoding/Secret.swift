import Crypto
import SlipwayDomain

/// A text that must not be printed, and that is compared in constant time only.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// 256 bits from the system's generator, as 43 characters of base64url.
    package static func fresh() -> Secret {
        Secret(Base64URL.text(SymmetricKey(size: .bits256).withUnsafeBytes(Array.init)))
    }

    /// The text itself: for sending and sealing, never for a message.
    package func revealed() -> String { text }

    package var description: String { "‹redacted›" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Takes as long for texts that differ early as for ones that differ late; only the length shows.
    package func matches(_ other: String) -> Bool {
        ConstantTime.areEqual(Array(text.utf8), Array(other.utf8))
    }
}

enum ConstantTime {
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}
