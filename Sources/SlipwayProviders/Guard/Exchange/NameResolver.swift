import Glibc
import NIOCore
import NIOPosix

/// Says what addresses a name has.
package protocol NameResolver: Sendable {
    /// All of them, in the order in which they are to be tried. Throws when the name has none.
    func addresses(of name: String) async throws -> [IPAddress]
}

/// No address is known for a name.
package struct NameUnknown: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Asks the system, on a thread of its own: the question cannot be taken back, so whoever is cancelled stops waiting
/// for it.
package struct SystemResolver: NameResolver {
    package init() {}

    package func addresses(of name: String) async throws -> [IPAddress] {
        let answer = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: [IPAddress].self)
        NIOThreadPool.singleton.submit { _ in
            answer.completeWith(Result { try Self.lookUp(name) })
        }
        return try await withTaskCancellationHandler {
            try await answer.futureResult.get()
        } onCancel: {
            answer.fail(CancellationError())
        }
    }

    private static func lookUp(_ name: String) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        guard status == 0 else { throw NameUnknown("\(name): \(String(cString: gai_strerror(status)))") }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            guard let address = IPAddress(text(of: entry)) else {
                throw NameUnknown("\(name): an unknown kind of address")
            }
            if !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses
    }

    /// The address in figures, without the zone that a link-local one may have: where it is judged the zone does not
    /// count. Empty when the system cannot write it.
    private static func text(of entry: addrinfo) -> Substring {
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = getnameinfo(
            entry.ai_addr, entry.ai_addrlen, &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
        guard status == 0 else { return "" }
        let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: text, as: UTF8.self).prefix { $0 != "%" }
    }
}
