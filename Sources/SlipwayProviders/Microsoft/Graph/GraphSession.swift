import SlipwayDomain

/// Requests to Graph through one connection, each with a token. A token that is refused is exchanged for a new one,
/// once; a second refusal is final.
struct GraphSession: Sendable {
    let access: ConnectionAccess
    let tools: MicrosoftTools
    let authority: String
    /// Graph's address with its version: `https://graph.microsoft.com/v1.0`.
    let root: String
    private let graph: String

    /// Throws `terminal` for a connection without the two addresses.
    init(_ access: ConnectionAccess, tools: MicrosoftTools) throws(AdapterFailure) {
        guard let authority = access.endpoints["authority"], let graph = access.endpoints["graph"] else {
            throw .terminal(.connectionMissing, detail: "the connection has no authority and graph address")
        }
        self.access = access
        self.tools = tools
        self.authority = authority
        self.graph = graph
        root = "\(graph)/v1.0"
    }

    /// The answer to a request, whatever its status; only a 401 has been tried again. `effect` is what the request may
    /// have done when no answer comes.
    func answer(
        to request: ProviderRequest, effect: UpstreamAnswer.Effect, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ProviderResponse {
        let token = try await token(with: permit)
        let first = try await send(request, token, effect, with: permit)
        guard first.status == 401 else { return first }
        tools.tokens.forget(token, of: access.connection)
        return try await send(request, try await self.token(with: permit), effect, with: permit)
    }

    /// The document at an address of Graph. Throws what its absence means, as a read.
    func document(
        at url: String, headers: [ProviderRequest.Header] = [], with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> JSONValue {
        // A link comes from an answer: the token goes to Graph and nowhere else.
        guard url.hasPrefix(graph + "/") else {
            throw .terminal(.providerRefused, detail: "a link of an answer leads away from the provider")
        }
        let response = try await answer(to: ProviderRequest(.get, url, headers: headers), effect: .none, with: permit)
        // Graph's way to say that it has forgotten where a reader was.
        if response.status == 410 {
            throw .terminal(.sourceChanged, detail: GraphDetail.text(response, through: access))
        }
        if let failure = UpstreamAnswer.failure(
            of: response, to: .get, detail: GraphDetail.text(response, through: access))
        {
            throw failure
        }
        guard let document = try? JSONValue(parsing: response.body) else { throw .transient(.providerUnavailable) }
        return document
    }

    /// A token that was not used before, for a check that the credential is good now.
    func renewToken(with permit: borrowing DispatchPermit) async throws(AdapterFailure) {
        _ = try await requestToken(with: permit)
    }

    /// The answer to a request without a token, whatever its status.
    func open(_ url: String, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> ProviderResponse {
        try await tools.calls.read(ProviderRequest(.get, url), for: access, with: permit)
    }

    private func token(with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> SecretBytes {
        if let token = tools.tokens.token(for: access, at: tools.clock.now()) { return token }
        return try await requestToken(with: permit)
    }

    private func requestToken(with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> SecretBytes {
        let now = tools.clock.now()
        let request = TokenRequest(access: access, authority: authority, graph: graph)
        let answer = try await request.send(by: tools.calls, at: now, with: permit)
        tools.tokens.keep(answer, for: access, at: now)
        return answer.token
    }

    private func send(
        _ request: ProviderRequest, _ token: SecretBytes, _ effect: UpstreamAnswer.Effect,
        with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ProviderResponse {
        var request = request
        request.authorization = SecretBytes(token.reveal { Array("Bearer ".utf8) + Array($0) })
        do {
            return try await tools.calls.send(request, for: access, with: permit)
        } catch {
            throw UpstreamAnswer.failure(of: error, effect: effect)
        }
    }
}

extension GraphSession {
    /// A page of a delta query; nil when the provider has forgotten where it was.
    func changes(at url: String, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> JSONValue? {
        do {
            return try await document(at: url, headers: [.init("Prefer", "odata.maxpagesize=999")], with: permit)
        } catch {
            guard case .terminal(.sourceChanged, _) = error else { throw error }
            return nil
        }
    }
}
