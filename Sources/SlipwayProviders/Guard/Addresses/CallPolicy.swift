package import SlipwayDomain

/// Where one connection's requests may go: to the origins of its own endpoints, by rules that need no network.
package struct CallPolicy: Sendable {
    private let origins: Set<CallTarget.Origin>
    private let isLocal: Bool

    /// An endpoint that is not written as a URL is read here allows nothing.
    package init(for access: ConnectionAccess) {
        origins = Set(access.endpoints.values.compactMap { try? CallTarget($0).origin })
        isLocal = access.isLocal
    }

    /// Where a request with this URL would go.
    package func target(_ url: String) throws(CallRefusal) -> CallTarget {
        let target = try CallTarget(url)
        guard isLocal || !target.origin.isPlain else { throw CallRefusal(.scheme, "http") }
        guard origins.contains(target.origin) else { throw CallRefusal(.allowed, target.authority) }
        if case .address(let address) = target.origin.host { try judge([address], of: target) }
        return target
    }

    /// All that a name led to: one bad address among good ones is enough to refuse, since nobody says which of them
    /// the next question would bring.
    package func judge(_ addresses: [IPAddress], of target: CallTarget) throws(CallRefusal) {
        for address in addresses {
            let objection = AddressJudgement.objection(to: address, isLocal: isLocal, isPlain: target.origin.isPlain)
            if let objection { throw CallRefusal(.address, objection) }
        }
    }
}
