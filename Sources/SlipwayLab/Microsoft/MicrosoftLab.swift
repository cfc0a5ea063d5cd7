import Crypto
package import SlipwayDomain
import Synchronization

/// Stands in for the Microsoft identity platform and for Microsoft Graph v1.0, in memory.
///
/// Both live under `/microsoft`: their paths do not meet.
package final class MicrosoftLab: LabProvider {
    package let name = "microsoft"
    package let application: RegisteredApplication
    let clock: any WallClock

    /// How long a token is good, in seconds.
    static let tokenSeconds: Int64 = 3599

    private struct State {
        var tenants: [String: LabTenant]
        var order: [String]
        /// The tenant and the end of each token that was given out.
        var tokens: [String: (tenant: String, end: Timestamp)] = [:]
        var requests = 0
    }

    private let state: Mutex<State>

    package init(_ seed: DirectorySeed, application: RegisteredApplication, clock: any WallClock) {
        let tenants = (0..<seed.tenants).map { seed.tenant($0) }
        state = Mutex(
            State(
                tenants: Dictionary(tenants.map { ($0.id, $0) }, uniquingKeysWith: { $1 }),
                order: tenants.map(\.id)))
        self.application = application
        self.clock = clock
    }

    /// The tenants as they are now, in their order.
    package var tenants: [LabTenant] { state.withLock { state in state.order.compactMap { state.tenants[$0] } } }

    package func tenant(_ id: String) -> LabTenant? { state.withLock { $0.tenants[id.lowercased()] } }

    /// Changes a tenant that is there.
    @discardableResult
    package func change<Result: Sendable>(
        _ id: String, _ body: (inout LabTenant) -> Result
    ) -> Result? {
        state.withLock { state in
            guard var tenant = state.tenants.removeValue(forKey: id) else { return nil }
            let result = body(&tenant)
            state.tenants[id] = tenant
            return result
        }
    }

    /// Ends every token that was given out, as a revocation does.
    package func revokeTokens() {
        state.withLock { $0.tokens = [:] }
    }

    package func summary(at base: String) -> [String] {
        let root = "\(base)/\(name)"
        let tenants = tenants.prefix(10).map { "tenant \($0.id) \($0.displayName), \($0.groups.count) groups" }
        let more = self.tenants.count - tenants.count
        return ["Microsoft identity platform and Graph v1.0, both at \(root)"] + tenants
            + (more > 0 ? ["and \(more) more tenants"] : [])
            + [
                "client id \(application.clientID)",
                "client secret \(application.secret.revealedText()), expired: "
                    + application.expiredSecret.revealedText(),
                "registered certificates: \(application.certificates.count)",
            ]
    }

    package func answer(to request: LabRequest, at path: [String]) async -> LabAnswer {
        if path == ["lab", "forget-changes"], request.method == "POST" {
            state.withLock { state in for id in state.order { state.tenants[id]?.forgetChanges() } }
            return LabAnswer(204)
        }
        if path.first == "v1.0" { return await graph(request, Array(path.dropFirst())) }
        return await login.answer(to: request, at: path) ?? .nothingHere
    }

    package func answer(to request: LabRequest, faultWith status: Int) -> LabAnswer {
        GraphError.fault(status).answer(requestID: requestID(), at: clock.now())
    }

    private var login: [LabRoute] {
        [
            LabRoute("GET", "{tenant}/v2.0/.well-known/openid-configuration") { request, path in
                self.discovery(request, tenant: path["tenant"] ?? "")
            },
            LabRoute("POST", "{tenant}/oauth2/v2.0/token") { request, path in
                await self.token(request, tenant: path["tenant"] ?? "")
            },
        ]
    }

    func issueToken(for tenant: String) -> String {
        let token = "lab." + Base64URL.text(SymmetricKey(size: .bits256).withUnsafeBytes(Array.init))
        let end = Timestamp(microseconds: clock.now().microseconds + Self.tokenSeconds * 1_000_000)
        state.withLock { $0.tokens[token] = (tenant, end) }
        return token
    }

    /// The tenant a token is for; nil for one that is not good, or not any more.
    func tenant(ofToken token: String) -> String? {
        let now = clock.now()
        return state.withLock { state in
            guard let known = state.tokens[token], known.end > now else { return nil }
            return known.tenant
        }
    }

    /// A number of its own for each answer, in the letters of a UUID.
    func requestID() -> String {
        let number = state.withLock { state in
            state.requests += 1
            return state.requests
        }
        var random = ScenarioRandom(seed: 5, position: number)
        return GUID.text(&random)
    }
}
