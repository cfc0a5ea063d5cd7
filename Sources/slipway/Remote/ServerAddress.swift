import Foundation
import SlipwayDomain

/// A server elsewhere, as scheme, host and port. Two ways to write one server are equal here.
struct ServerAddress: Hashable, Comparable, CustomStringConvertible {
    /// Without a port that the scheme has anyway, and without a slash at the end.
    let description: String

    /// Throws for what is no server's address, and for plain http to another machine: the token would go there in the
    /// clear.
    init(_ text: String) throws(CommandFailure) {
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(), let host = url.host,
            !host.isEmpty, host.utf8.allSatisfy(Self.isPlain), ["http", "https"].contains(scheme),
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil, !text.contains("#"),
            ["", "/"].contains(url.path), url.port.map((1...65_535).contains) ?? true
        else {
            throw CommandFailure(
                status: .usage, description: "--server is a URL without a path, such as https://slipway.example.com")
        }
        guard scheme == "https" || Loopback.contains(host) else {
            throw CommandFailure(
                status: .refused,
                description: "\(host) is another machine, and http would show it the token on the way: use https")
        }
        let usualPort = scheme == "https" ? 443 : 80
        let port = url.port.flatMap { $0 == usualPort ? nil : ":\($0)" } ?? ""
        description = "\(scheme)://\(host.lowercased())\(port)"
    }

    static func < (left: ServerAddress, right: ServerAddress) -> Bool { left.description < right.description }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
