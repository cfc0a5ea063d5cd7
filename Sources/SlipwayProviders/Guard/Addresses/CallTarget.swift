/// An absolute http or https URL, read once and strictly: what was judged is what is sent.
package struct CallTarget: Hashable, Sendable {
    /// Who answers. Two URLs with the same origin are of one server.
    package struct Origin: Hashable, Sendable {
        package let isPlain: Bool
        package let host: Host
        package let port: Int
    }

    package enum Host: Hashable, Sendable {
        /// In lower-case letters, digits and hyphens; at least one label.
        case name(String)
        case address(IPAddress)
    }

    package let origin: Origin
    /// From the first slash on, with the query.
    package let pathAndQuery: String

    package init(origin: Origin, pathAndQuery: String) {
        self.origin = origin
        self.pathAndQuery = pathAndQuery
    }

    /// The value of the Host header: the port stands in it unless it is the scheme's own.
    package var authority: String {
        let host =
            switch origin.host {
            case .name(let name): name
            case .address(.v4(let bits)): IPAddress.v4(bits).description
            case .address(let address): "[\(address)]"
            }
        return origin.port == (origin.isPlain ? 80 : 443) ? host : "\(host):\(origin.port)"
    }
}
