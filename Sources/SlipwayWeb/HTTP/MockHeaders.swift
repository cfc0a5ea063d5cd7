import SlipwayDomain

/// The mode `mock-auth-header`: the actor is who the header says. Only for a server that listens on loopback.
enum MockHeaders {
    /// A browser that was led here under another name is refused: a page of that name could send any header.
    static func actor(_ headers: [String: String], authority: String?) throws -> Initiator {
        guard let authority, Loopback.contains(authority: authority) else { throw Problem.wrongHost }
        guard let name = headers["x-slipway-actor"], !name.isEmpty else { throw Problem.unauthenticated }
        let isPlain = name.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: ",") }
        guard name.utf8.count <= 128, isPlain else {
            throw Problem.invalid(
                "X-Slipway-Actor must stand there once, as up to 128 printable ASCII characters without commas.")
        }
        return Initiator(kind: .operator, name: name)
    }
}
