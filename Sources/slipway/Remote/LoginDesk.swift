import AsyncHTTPClient
import SlipwayDomain
import SlipwayOIDC

/// Signs a person in at a server elsewhere, and does with the login later what its provider does.
struct LoginDesk: Sendable {
    private let server: RemoteServer
    private let fetch: HTTPFetch
    private let clock = SystemClock()

    init(_ server: RemoteServer, _ client: HTTPClient) {
        self.server = server
        fetch = HTTPFetch(client)
    }

    /// A login by the way the server's provider has: a code that the person approves in a browser, which `announce` shows
    /// them, or a token that `read` gives. Throws when there is nothing to sign in to.
    func signIn(announce: (DeviceGrant) -> Void, token read: () throws -> Secret) async throws -> KeptLogin {
        let (mode, programs) = try await ways()
        guard let programs else {
            throw CommandFailure(
                status: .usage,
                description:
                    "\(server.address) is in mode \(mode): there is nothing to sign in to. Name yourself in each "
                    + "request, as in `slipway api GET /auth/me --server \(server.address) -H 'X-Slipway-Actor: olena' "
                    + "-H 'X-Slipway-Role: viewer'`, or give an API token with --token-stdin")
        }
        guard let clientID = programs.clientID else { return KeptLogin(token: try read()) }
        let provider = KeptLogin.Provider(issuer: programs.issuer, clientID: clientID)
        let flow = flow(provider)
        guard let grant = try await flow.begin(scopes: programs.scopes, audience: programs.audience) else {
            return KeptLogin(token: try read())
        }
        announce(grant)
        return KeptLogin(try await flow.finish(grant) { try await Task.sleep(for: .seconds($0)) }, at: provider)
    }

    /// Who the server takes the login's owner for, as `/auth/me` has it.
    func identity(_ login: KeptLogin) async throws -> JSONValue {
        let answer = try await server.answer(to: .identity, login.token)
        if answer.status == 404 {
            throw CommandFailure(
                status: .refused,
                description: "\(server.address) takes the token, and you have no part in its workspace")
        }
        if let failure = answer.failure(of: server.address) { throw failure }
        guard let identity = answer.json, identity["actor"]?.stringValue != nil else { throw notSlipway }
        return identity
    }

    /// The login with new tokens. Throws `refused` when the provider has ended it.
    func renewed(_ login: KeptLogin) async throws -> KeptLogin {
        guard let provider = login.provider, let refreshToken = login.refreshToken else { return login }
        do {
            return KeptLogin(try await flow(provider).refresh(refreshToken), at: provider)
        } catch let refusal as LoginRefusal {
            throw CommandFailure(
                status: .refused,
                description: "the login at \(server.address) is over (\(refusal)): "
                    + "`slipway login --server \(server.address)`")
        }
    }

    /// Has the provider take the login back; false when it has no way to do so, or the login is an API token.
    func revoke(_ login: KeptLogin) async throws -> Bool {
        guard let provider = login.provider else { return false }
        return try await flow(provider).revoke(
            login.refreshToken ?? login.token, isRefreshToken: login.refreshToken != nil)
    }

    /// The server's mode, and what programs sign in with where they can.
    private func ways() async throws -> (mode: String, programs: ProgramSettings?) {
        let answer = try await server.answer(to: .client, nil)
        if let failure = answer.failure(of: server.address), failure.status != .usage { throw failure }
        guard answer.status == 200, let json = answer.json, let mode = json["mode"]?.stringValue else {
            throw notSlipway
        }
        guard mode == "oidc" else { return (Printable.text(mode, limit: 40), nil) }
        return (mode, try ProgramSettings(parsing: json))
    }

    private var notSlipway: CommandFailure {
        CommandFailure(
            status: .unreachable,
            description:
                "\(server.address) does not answer as a Slipway server that one can sign in to: is the URL right?")
    }

    private func flow(_ provider: KeptLogin.Provider) -> DeviceFlow {
        DeviceFlow(issuer: provider.issuer, clientID: provider.clientID, fetch: fetch, clock: clock)
    }
}
