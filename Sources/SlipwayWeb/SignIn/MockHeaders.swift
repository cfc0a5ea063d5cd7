import SlipwayDomain
package import SlipwayOIDC
package import SlipwayOperations

/// The mode `mock-auth-header`: the actor and their role are what the headers say. Only for a server that listens on
/// loopback.
package struct MockHeaders: Authenticator {
    package let mode = "mock-auth-header"
    package let programs: ProgramSettings? = nil
    private let signIn: SignIn

    package init(_ signIn: SignIn) {
        self.signIn = signIn
    }

    /// A browser that was led here under another name is refused: a page of that name could send any header.
    package func caller(of request: SignedRequest) async throws -> Caller {
        guard let authority = request.authority, Loopback.contains(authority: authority) else {
            throw Problem.wrongHost
        }
        if let bearer = try request.bearer() {
            guard let caller = try await TokenSignIn(signIn: signIn).caller(bearer: bearer) else {
                throw Problem.badCredentials("In mock-auth-header mode only Slipway's own tokens are taken.")
            }
            return caller
        }
        guard let name = request.headers["x-slipway-actor"], !name.isEmpty else { throw Problem.unauthenticated }
        let isPlain = name.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: ",") }
        guard name.utf8.count <= 128, isPlain else {
            throw Problem.invalid(
                "X-Slipway-Actor must stand there once, as up to 128 printable ASCII characters without commas.")
        }
        guard let caller = try await signIn.mock(actor: name, role: try role(request)) else {
            throw Problem.unauthenticated
        }
        return caller
    }

    private func role(_ request: SignedRequest) throws -> Role? {
        try request.headers["x-slipway-role"].map { name in
            guard let role = Role.named(name) else {
                throw Problem.invalid("X-Slipway-Role is one of \(Role.names).", field: "X-Slipway-Role")
            }
            return role
        }
    }
}
