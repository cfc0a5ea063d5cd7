/// An IPv4 or IPv6 address as the number it is.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(high: UInt64, low: UInt64)

    /// This machine's own, as it is usually written; an IPv4 address in an IPv6 one is not among them.
    package var isLoopback: Bool {
        switch self {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }

    /// An IPv4 address that a translator or tunnel would take from this one: mapped (::ffff:a.b.c.d), compatible
    /// (::a.b.c.d), NAT64 (64:ff9b::/96), 6to4 (2002::/16) and Teredo (2001::/32, where it is inverted).
    package var embedded: IPAddress? {
        guard case .v6(let high, let low) = self else { return nil }
        let lowest = UInt32(truncatingIfNeeded: low)
        if high == 0, low >> 32 == 0xFFFF || low >> 32 == 0 { return .v4(lowest) }
        if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 { return .v4(lowest) }
        if high >> 48 == 0x2002 { return .v4(UInt32(truncatingIfNeeded: high >> 16)) }
        if high >> 32 == 0x2001_0000 { return .v4(~lowest) }
        return nil
    }
}

extension IPAddress: CustomStringConvertible {
    /// The one way each address is written here: four decimals, or RFC 5952 without its dotted form.
    package var description: String {
        switch self {
        case .v4(let bits):
            [24, 16, 8, 0].map { String(bits >> UInt32($0) & 0xFF) }.joined(separator: ".")
        case .v6(let high, let low):
            Self.text(of: [high, low].flatMap { half in [48, 32, 16, 0].map { UInt16(half >> UInt64($0) & 0xFFFF) } })
        }
    }

    /// The longest run of two or more zero groups becomes `::`; of equal ones, the first.
    private static func text(of groups: [UInt16]) -> String {
        var longest = 0..<0
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(longest.count, 1) { longest = start..<end }
            start = max(end, start + 1)
        }
        func joined(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !longest.isEmpty else { return joined(groups[...]) }
        return joined(groups[..<longest.lowerBound]) + "::" + joined(groups[longest.upperBound...])
    }
}
