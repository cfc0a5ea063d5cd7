import AsyncHTTPClient
import NIOHTTP1
import SlipwayDomain
import SlipwayOIDC

/// The kept login at one server, renewed when it is over.
///
/// Renewing holds the file: a provider that gives a new refresh token for each old one would take a second use of the old
/// one for a theft, and end the login.
struct ServerSession: Sendable {
    private let server: RemoteServer
    private let desk: LoginDesk
    private let file: ServersFile
    private let clock = SystemClock()

    init(_ server: RemoteServer, _ desk: LoginDesk, _ file: ServersFile) {
        self.server = server
        self.desk = desk
        self.file = file
    }

    /// Sends a request as the login's owner. One that is refused because the login is over did nothing, and is sent again
    /// with a new one.
    func send(_ request: ServerRequest) async throws -> HTTPClientResponse {
        var login = try kept()
        let isDue = login.refreshToken != nil && login.isOver(at: clock.now())
        if isDue { login = try await renewed(after: login) }
        let response = try await server.send(request, login.token)
        guard response.status == .unauthorized, login.refreshToken != nil, !isDue else { return response }
        let next = try await renewed(after: login)
        return try await server.send(request, next.token)
    }

    private func kept() throws -> KeptLogin {
        guard let login = try file.logins()[server.address] else {
            throw CommandFailure(
                status: .refused,
                description: "there is no login at \(server.address): `slipway login --server \(server.address)`")
        }
        return login
    }

    /// What takes this login's place: another command may have renewed it meanwhile.
    private func renewed(after login: KeptLogin) async throws -> KeptLogin {
        try await file.change { logins in
            guard let now = logins[server.address] else { return login }
            guard now.token.matches(login.token.revealed()) else { return now }
            let next = try await desk.renewed(now)
            logins[server.address] = next
            return next
        }
    }
}
