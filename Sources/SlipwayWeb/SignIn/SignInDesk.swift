import Foundation
import SlipwayDomain
import SlipwayOIDC
import SlipwayOperations
import SlipwayStore

/// Signs people in to the console and out of it, in a browser.
package struct SignInDesk: Sendable {
    private let signIn: OIDCSignIn
    /// Scheme, host and port as browsers have them in Origin.
    private let origin: String

    package init(_ signIn: OIDCSignIn, origin: String) {
        self.signIn = signIn
        self.origin = origin
    }

    /// Sends the browser to the provider.
    func begin(returnTo path: String?) async throws -> Reply {
        let attempt = try await signIn.party.beginLogin()
        let name = Secret.fresh().revealed()
        let kept = KeptAttempt(attempt: attempt, path: Self.localPath(path))
        try await signIn.sessions.keepAttempt(name, sealed: try kept.sealed(by: signIn.key))
        var reply = Reply(302, headers: ["location": attempt.authorizationURL])
        reply.cookies = [Cookies.set(Cookies.login, name, seconds: LoginAttempt.lifeSeconds)]
        return reply
    }

    /// Takes the browser back from the provider. An attempt is used up whatever comes of it.
    func finish(query: String, headers: [String: String], origin: RequestOrigin) async throws -> Reply {
        guard let name = Cookies.value(Cookies.login, in: headers),
            let sealed = try await signIn.sessions.takeAttempt(name),
            let kept = KeptAttempt(sealed, key: signIn.key)
        else { throw Problem.signInFailed("This browser has begun no sign-in here, or it was answered already.") }
        do {
            let result = try await signIn.party.finishLogin(try CallbackParameters(query: query), attempt: kept.attempt)
            return try await open(result, kept.path, headers, origin)
        } catch let refusal as LoginRefusal {
            throw Problem.signInFailed("\(refusal).")
        } catch let refusal as TokenRefusal {
            throw Problem.signInFailed("The provider's ID token does not hold: \(refusal).")
        }
    }

    /// Ends the session here, and then leads the browser to where it ends at the provider: by a page, since browsers
    /// hold a form's redirects to this page's own policy.
    func end(_ context: OperationContext, session name: String) async throws -> Reply {
        let contents = try await signIn.sessions.find(name).flatMap { SessionContents($0.sealed, key: signIn.key) }
        try await signIn.sessions.signOut(name, context)
        let away = try? await signIn.party.endSessionURL(idTokenHint: contents?.idToken, returnTo: origin + "/")
        var reply = Reply(200, .html(SignInPages.signedOut(next: away)))
        reply.cookies = [Cookies.clear(Cookies.session)]
        return reply
    }

    /// Throws unless a request that changes something was sent by a page of this server's own, for that session.
    func checkForgery(_ headers: [String: String], session: String, token: String?) throws {
        let isOwn =
            headers["origin"].map { $0 == origin } ?? (headers["sec-fetch-site"] == "same-origin")
        guard isOwn, let token, signIn.key.isTag(token, of: session, for: .csrf) else { throw Problem.forged }
    }

    /// What a form of that session has to bring along.
    func formToken(of session: String) -> String { signIn.key.tag(session, for: .csrf) }

    private func open(
        _ result: LoginResult, _ path: String, _ headers: [String: String], _ origin: RequestOrigin
    ) async throws -> Reply {
        let claims = try await signIn.party.claims(of: result)
        let contents = SessionContents(idToken: result.idToken, refreshToken: result.refreshToken)
        let opening = Sessions.Opening(
            name: Secret.fresh().revealed(), person: signIn.person(result.token.identity, claims),
            accessExpiresAt: result.refreshToken == nil ? nil : result.accessExpiresAt,
            sealed: try contents.sealed(by: signIn.key))
        if let old = Cookies.value(Cookies.session, in: headers) { try await signIn.sessions.close(old) }
        guard try await signIn.sessions.open(opening, origin: origin) != nil else { throw Problem.noRole }
        var reply = Reply(303, headers: ["location": path])
        reply.cookies = [Cookies.set(Cookies.session, opening.name), Cookies.clear(Cookies.login)]
        return reply
    }

    /// A path of this server's own; `/` for anything else that could lead away from it.
    static func localPath(_ path: String?) -> String {
        guard let path, path.utf8.count <= 2048, path.hasPrefix("/"), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return path
    }
}

/// A login that was begun, with where its browser wanted to go.
private struct KeptAttempt {
    let attempt: LoginAttempt
    let path: String

    init(attempt: LoginAttempt, path: String) {
        self.attempt = attempt
        self.path = path
    }

    init?(_ sealed: [UInt8], key: RootKey) {
        guard let bytes = key.opened(sealed, for: .session, context: "attempt"),
            let json = try? JSONValue(parsing: bytes), let state = json["state"]?.stringValue,
            let nonce = json["nonce"]?.stringValue, let verifier = json["verifier"]?.stringValue,
            let at = json["at"]?.integerValue, let path = json["path"]?.stringValue
        else { return nil }
        self.path = path
        attempt = LoginAttempt(
            state: Secret(state), nonce: Secret(nonce), verifier: Secret(verifier), authorizationURL: "",
            createdAt: Timestamp(microseconds: at))
    }

    func sealed(by key: RootKey) throws -> [UInt8] {
        let json: JSONValue = [
            "at": .integer(attempt.createdAt.microseconds), "nonce": .string(attempt.nonce.revealed()),
            "path": .string(path), "state": .string(attempt.state.revealed()),
            "verifier": .string(attempt.verifier.revealed()),
        ]
        return try key.sealed(try json.canonicalBytes, for: .session, context: "attempt")
    }
}
