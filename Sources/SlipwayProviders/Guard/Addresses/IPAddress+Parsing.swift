extension IPAddress {
    /// From four decimals without leading zeros, or from an IPv6 text without zone and brackets; nil for every other
    /// form that some resolver would take: octal, hex, one number, fewer parts.
    package init?(_ text: some StringProtocol) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let groups = Self.groups(of: Array(text.utf8)) else { return nil }
            self = .v6(high: Self.joined(groups[..<4]), low: Self.joined(groups[4...]))
        } else {
            guard let bits = Self.bits(ofDecimals: Array(text.utf8)) else { return nil }
            self = .v4(bits)
        }
    }

    private static func joined(_ groups: ArraySlice<UInt16>) -> UInt64 {
        groups.reduce(0) { $0 << 16 | UInt64($1) }
    }

    private static func bits(ofDecimals text: [UInt8]) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ 0x30...0x39 ~= $0 }),
                part.count == 1 || part.first != UInt8(ascii: "0")
            else { return nil }
            let value = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
            guard value <= 255 else { return nil }
            bits = bits << 8 | value
        }
        return bits
    }

    /// The eight groups, with `::` filled up.
    private static func groups(of text: [UInt8]) -> [UInt16]? {
        let colon = UInt8(ascii: ":")
        let gaps = text.indices.dropLast().filter { text[$0] == colon && text[$0 + 1] == colon }
        guard let gap = gaps.first else {
            guard let groups = groups(between: text[...]), groups.count == 8 else { return nil }
            return groups
        }
        guard gaps.count == 1, let before = groups(between: text[..<gap], mayEndInDecimals: false),
            let after = groups(between: text[(gap + 2)...])
        else { return nil }
        let missing = 8 - before.count - after.count
        guard missing >= 1 else { return nil }
        return before + Array(repeating: 0, count: missing) + after
    }

    /// Groups with single colons between them; the last of an address may be four decimals, which count for two.
    private static func groups(between text: ArraySlice<UInt8>, mayEndInDecimals: Bool = true) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if mayEndInDecimals, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let bits = bits(ofDecimals: Array(part)) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
            } else {
                guard (1...4).contains(part.count), part.first != UInt8(ascii: "+"), part.first != UInt8(ascii: "-"),
                    let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }
}
