/// A block of addresses that no provider is called at, with the reason in its name.
struct AddressRange: Sendable {
    let text: String
    let name: String
    private let network: IPAddress
    private let prefix: Int

    /// `text` is an address and a prefix length: `10.0.0.0/8`.
    private init(_ text: String, _ name: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let network = IPAddress(parts[0]), let prefix = Int(parts[1]) else {
            preconditionFailure("\(text) is no block of addresses")
        }
        self.text = text
        self.name = name
        self.network = network
        self.prefix = prefix
    }

    func contains(_ address: IPAddress) -> Bool {
        switch (network, address) {
        case (.v4(let network), .v4(let address)):
            Self.agree(UInt64(network) << 32, UInt64(address) << 32, bits: prefix)
        case (.v6(let high, let low), .v6(let addressHigh, let addressLow)):
            Self.agree(high, addressHigh, bits: min(prefix, 64))
                && Self.agree(low, addressLow, bits: max(prefix - 64, 0))
        default:
            false
        }
    }

    private static func agree(_ left: UInt64, _ right: UInt64, bits: Int) -> Bool {
        bits == 0 || (left ^ right) >> UInt64(64 - bits) == 0
    }

    /// Those of one machine, one network or none; those that only stand for an IPv4 address are here as a whole,
    /// because what they lead to is decided by a translator and not by us.
    static let forbidden = [
        AddressRange("0.0.0.0/8", "this network"),
        AddressRange("10.0.0.0/8", "private"),
        AddressRange("100.64.0.0/10", "shared by a carrier"),
        AddressRange("127.0.0.0/8", "loopback"),
        AddressRange("169.254.0.0/16", "link-local"),
        AddressRange("172.16.0.0/12", "private"),
        AddressRange("192.0.0.0/24", "protocol assignments"),
        AddressRange("192.168.0.0/16", "private"),
        AddressRange("198.18.0.0/15", "benchmarks"),
        AddressRange("224.0.0.0/4", "multicast"),
        AddressRange("240.0.0.0/4", "reserved"),
        AddressRange("::/128", "unspecified"),
        AddressRange("::1/128", "loopback"),
        AddressRange("fc00::/7", "private"),
        AddressRange("fe80::/10", "link-local"),
        AddressRange("ff00::/8", "multicast"),
        AddressRange("::ffff:0:0/96", "IPv4-mapped"),
        AddressRange("64:ff9b::/96", "translated"),
        AddressRange("64:ff9b:1::/48", "translated locally"),
        AddressRange("2002::/16", "6to4"),
        AddressRange("2001::/32", "Teredo"),
    ]
}
