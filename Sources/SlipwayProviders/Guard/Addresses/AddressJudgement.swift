/// Whether a provider may be called at an address.
enum AddressJudgement {
    /// What is wrong with the address; nil when nothing is. For a provider on this machine the loopback is right, and
    /// over plain HTTP nothing else is.
    static func objection(to address: IPAddress, isLocal: Bool, isPlain: Bool) -> String? {
        if address.isLoopback, isLocal { return nil }
        if isPlain { return "\(address) is not the loopback, and http goes nowhere else" }
        if let range = range(of: address) { return "\(address) is \(range.name) (\(range.text))\(inside(address))" }
        // A compatible address (::a.b.c.d) is in no block of its own: what it holds is judged.
        if let embedded = address.embedded, let range = range(of: embedded) {
            return "\(address) holds \(embedded), which is \(range.name) (\(range.text))"
        }
        return nil
    }

    private static func inside(_ address: IPAddress) -> String {
        guard let embedded = address.embedded, let range = range(of: embedded) else { return "" }
        return ", and holds \(embedded), which is \(range.name) (\(range.text))"
    }

    private static func range(of address: IPAddress) -> AddressRange? {
        AddressRange.forbidden.first { $0.contains(address) }
    }
}
