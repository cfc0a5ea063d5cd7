extension CallTarget {
    /// Reads a URL as it would be sent. Whatever another reader could take for something else is refused and not
    /// mended: upper-case hosts, trailing dots, numbers that are not four decimals, escapes in a host, letters that
    /// are not ASCII, userinfo, fragments.
    package init(_ url: String) throws(CallRefusal) {
        let bytes = Array(url.utf8)
        guard let bad = bytes.firstIndex(where: { !Self.isAllowed($0) }) else {
            try self.init(checked: bytes[...], url: url)
            return
        }
        throw CallRefusal(.characters, "byte \(bytes[bad]) at \(bad)")
    }

    private init(checked bytes: ArraySlice<UInt8>, url: String) throws(CallRefusal) {
        let isPlain = url.hasPrefix("http://")
        guard isPlain || url.hasPrefix("https://") else {
            throw CallRefusal(
                .scheme, String(decoding: bytes.prefix { $0 != UInt8(ascii: ":") }.prefix(32), as: UTF8.self))
        }
        let rest = bytes.dropFirst(isPlain ? 7 : 8)
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains(UInt8(ascii: "@")) else { throw CallRefusal(.userinfo, "there is an @") }
        let (host, port) = try Self.parts(of: authority, isPlain: isPlain)
        origin = Origin(isPlain: isPlain, host: host, port: port)
        pathAndQuery = try Self.path(rest[end...])
    }

    /// RFC 3986's characters, without `#`: a fragment is not sent.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~:/?[]@!$&'()*+,;=%".utf8.contains(byte)
        }
    }

    private static func parts(
        of authority: ArraySlice<UInt8>, isPlain: Bool
    ) throws(CallRefusal) -> (Host, port: Int) {
        let standard = isPlain ? 80 : 443
        if authority.first == UInt8(ascii: "[") {
            guard let close = authority.firstIndex(of: UInt8(ascii: "]")) else {
                throw CallRefusal(.host, "a bracket is not closed")
            }
            let text = String(decoding: authority[(authority.startIndex + 1)..<close], as: UTF8.self)
            guard text.contains(":"), let address = IPAddress(text), address.description == text else {
                throw CallRefusal(.host, "[\(text)]")
            }
            return (.address(address), try port(authority[(close + 1)...], standard: standard))
        }
        let end = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
        return (try host(authority[..<end]), try port(authority[end...], standard: standard))
    }

    /// `text` is empty, or a colon and a number.
    private static func port(_ text: ArraySlice<UInt8>, standard: Int) throws(CallRefusal) -> Int {
        guard !text.isEmpty else { return standard }
        let digits = text.dropFirst()
        guard text.first == UInt8(ascii: ":"), (1...5).contains(digits.count),
            digits.allSatisfy({ 0x30...0x39 ~= $0 }), digits.first != UInt8(ascii: "0"),
            let port = UInt16(String(decoding: digits, as: UTF8.self))
        else { throw CallRefusal(.port, String(decoding: text, as: UTF8.self)) }
        return Int(port)
    }

    /// A last label that is a number, in whatever base, makes the whole a number to some readers: then it has to be
    /// four decimals.
    private static func host(_ text: ArraySlice<UInt8>) throws(CallRefusal) -> Host {
        let name = String(decoding: text, as: UTF8.self)
        if let address = IPAddress(name), address.description == name { return .address(address) }
        let labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...253).contains(text.count), labels.allSatisfy(isLabel), let last = labels.last, !isNumber(last) else {
            throw CallRefusal(.host, name)
        }
        return .name(name)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 || $0 == hyphen }
    }

    private static func isNumber(_ label: ArraySlice<UInt8>) -> Bool {
        if label.allSatisfy({ 0x30...0x39 ~= $0 }) { return true }
        return label.starts(with: "0x".utf8) && label.dropFirst(2).allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
    }

    /// With a slash in front. A dot segment would be another path to the server than to us, and to some servers it is
    /// one when its dots, or the slashes beside it, are escaped.
    private static func path(_ text: ArraySlice<UInt8>) throws(CallRefusal) -> String {
        let path = String(decoding: text.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
        let slashes = ["%2f", "%5c"].reduce(path.lowercased()) {
            $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: "/")
        }
        let plain = slashes.split(separator: "%2e", omittingEmptySubsequences: false).joined(separator: ".")
        guard !plain.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            throw CallRefusal(.path, path)
        }
        guard areEscapesWhole(text) else { throw CallRefusal(.characters, "a % without two hex digits behind it") }
        let written = String(decoding: text, as: UTF8.self)
        return text.first == UInt8(ascii: "/") ? written : "/" + written
    }

    private static func areEscapesWhole(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.filter { text[$0] == UInt8(ascii: "%") }.allSatisfy { index in
            let digits = text[(index + 1)...].prefix(2)
            return digits.count == 2
                && digits.allSatisfy {
                    0x30...0x39 ~= $0 || 0x41...0x46 ~= $0 || 0x61...0x66 ~= $0
                }
        }
    }
}
