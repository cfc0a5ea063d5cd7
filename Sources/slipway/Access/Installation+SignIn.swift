import AsyncHTTPClient
import Foundation
import SlipwayDomain
import SlipwayOIDC
import SlipwayOperations
import SlipwayWeb

/// How a server knows who is there.
struct ServerAccess {
    let authenticator: any Authenticator
    let desk: SignInDesk?
}

extension Installation {
    private var signIn: SignIn { SignIn(database, workspace: workspace, clock: clock) }

    /// By headers; for loopback alone.
    var mockSignIn: ServerAccess { ServerAccess(authenticator: MockHeaders(signIn), desk: nil) }

    var sessions: Sessions { Sessions(changes, workspace: workspace) }

    /// Lends sign-in at an OpenID provider. The provider is asked when somebody signs in, and not before.
    func withProvider(
        _ settings: OIDCSettings, key: RootKey, _ body: (ServerAccess) async throws -> Void
    ) async throws {
        guard let origin = Self.origin(of: settings.redirectURI) else {
            throw CommandFailure(status: .usage, description: "redirectUri is not a URL with a host")
        }
        let client = HTTPClient(configuration: HTTPFetch.configuration)
        let party = RelyingParty(settings, fetch: HTTPFetch(client), clock: clock, logger: logger)
        let oidc = OIDCSignIn(party, sessions, signIn, key: key)
        do {
            try await body(ServerAccess(authenticator: oidc, desk: SignInDesk(oidc, origin: origin)))
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    /// Scheme, host and port as browsers write them: without a port that the scheme has anyway.
    private static func origin(of uri: String) -> String? {
        guard let url = URLComponents(string: uri), let scheme = url.scheme, let host = url.host else { return nil }
        let port = url.port.map { ":\($0)" } ?? ""
        return "\(scheme)://\(host)\(port)"
    }
}
