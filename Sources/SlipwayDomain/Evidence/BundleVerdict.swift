/// What checking a bundle came to.
package enum BundleVerdict: Sendable {
    /// Every byte is as sealed; the packets, and the key that signed them.
    case holds(packets: [Packet], key: VerifyingKey)
    /// The first byte that does not hold, counted from 0, and what is wrong there.
    case broken(BundleFault)
}

package struct BundleFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let byte: Int
    package let reason: String

    package var description: String { "byte \(byte): \(reason)" }
}
