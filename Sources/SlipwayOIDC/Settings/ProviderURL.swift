import Foundation
import SlipwayDomain

/// An address of the provider's: https, or http on this machine alone.
enum ProviderURL {
    /// Whether it may be sent something. User names, fragments and anything but plain ASCII are refused: two readers of
    /// such an address may see two hosts in it.
    static func isAcceptable(_ text: String) -> Bool {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy(isPlain) else { return false }
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else { return false }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil, !text.contains("#") else { return false }
        guard parts.port.map((1...65_535).contains) ?? true else { return false }
        return text.hasPrefix("https://") || text.hasPrefix("http://") && Loopback.contains(host)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), UInt8(ascii: "@"):
            false
        default: (0x21...0x7E).contains(byte)
        }
    }
}
