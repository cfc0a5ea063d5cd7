import SlipwayDomain

/// The mode `mock-auth-header`: the actor is who the header says. Only for a server that listens on loopback.
enum MockHeaders {
    static func actor(_ headers: [String: String]) throws -> Initiator {
        guard let name = headers["x-slipway-actor"], !name.isEmpty else { throw Problem.unauthenticated }
        guard name.utf8.count <= 128, name.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw Problem.invalid("X-Slipway-Actor must be up to 128 printable ASCII characters.")
        }
        return Initiator(kind: .operator, name: name)
    }
}
