import SlipwayDomain
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayOIDC

/// Signing in without a browser, against a provider that answers well or in any other way.
@Suite(.timeLimit(.minutes(15))) struct DeviceFlowTests {
    private let provider: ScriptedProvider
    private let clock = ManualClock()
    private let flow: DeviceFlow
    private let pauses = Pauses()

    private static let endpoints: [String: JSONValue?] = [
        "device_authorization_endpoint": "https://id.example.test/device",
        "revocation_endpoint": "https://id.example.test/revoke",
    ]

    private static let grant: [String: JSONValue] = [
        "device_code": "device-1", "user_code": "WDJB-MJHT", "verification_uri": "https://id.example.test/go",
        "verification_uri_complete": "https://id.example.test/go?code=WDJB-MJHT", "expires_in": 600, "interval": 2,
    ]

    init() async throws {
        provider = try ScriptedProvider()
        flow = DeviceFlow(issuer: Forge.issuer, clientID: "slipway-cli", fetch: provider, clock: clock)
        await provider.answer(.discovery, with: ScriptedProvider.document(Self.endpoints))
        await provider.answer(.device, with: .object(Self.grant))
    }

    @Test func `it ends with tokens once the person has approved, and waits as it is told`() async throws {
        let grant = try #require(try await begin())
        #expect(grant.userCode == "WDJB-MJHT" && grant.address == "https://id.example.test/go")
        #expect(grant.addressWithCode == "https://id.example.test/go?code=WDJB-MJHT")
        await provider.answer(
            .tokens,
            inTurn: [
                refused("authorization_pending"), refused("slow_down"), refused("authorization_pending"),
                { _ in throw ProviderUnavailable(.tokens, .timedOut) },
            ])
        await provider.answer(
            .tokens, with: ["access_token": "a-1", "refresh_token": "r-1", "token_type": "Bearer", "expires_in": 60])
        let tokens = try await flow.finish(grant, pause: pauses.pause)
        #expect(tokens.accessToken.revealed() == "a-1" && tokens.refreshToken?.revealed() == "r-1")
        #expect(tokens.accessExpiresAt == Timestamp(seconds: Forge.now + 60))
        #expect(pauses.seconds == [2, 2, 7, 7, 14])
        let forms = try await provider.requests.filter { $0.form != nil }.map { request in
            #expect(request.authorization == nil, "the client is a public one")
            return try CallbackParameters(query: request.form ?? "")
        }
        #expect(forms.allSatisfy { $0["client_id"] == "slipway-cli" && $0["client_secret"] == nil })
        #expect(forms[0]["scope"] == "openid groups" && forms[0]["audience"] == "slipway-api")
        #expect(forms[1]["grant_type"] == "urn:ietf:params:oauth:grant-type:device_code")
        #expect(forms.dropFirst().allSatisfy { $0["device_code"] == "device-1" })
    }

    static let ends: [(String, LoginRefusal)] = [
        ("access_denied", .refusedByProvider(ProviderWord("access_denied"))), ("expired_token", .deviceCodeExpired),
        ("invalid_client", .refusedByTokenEndpoint(ProviderWord("invalid_client"))),
    ]

    @Test(arguments: ends)
    func `a refusal ends it, and it is asked no more`(_ word: String, _ refusal: LoginRefusal) async throws {
        let grant = try #require(try await begin())
        await provider.answer(.tokens, inTurn: [refused("authorization_pending")])
        await provider.answer(.tokens, with: ["error": .string(word)], status: 400)
        await #expect(throws: refusal) { _ = try await flow.finish(grant, pause: pauses.pause) }
        #expect(await provider.count(of: .tokens) == 2)
    }

    @Test func `a provider that lets wait for ever is left when the code's time is over`() async throws {
        let grant = try #require(try await begin())
        await provider.answer(.tokens, with: ["error": "authorization_pending"], status: 400)
        await #expect(throws: LoginRefusal.deviceCodeExpired) { _ = try await flow.finish(grant, pause: pauses.pause) }
        #expect(pauses.seconds.reduce(0, +) == 600)
    }

    @Test func `an answer without an access token is no sign-in`() async throws {
        let grant = try #require(try await begin())
        await provider.answer(.tokens, with: ["id_token": "a.b.c"])
        await #expect(throws: LoginRefusal.accessTokenMissing) { _ = try await flow.finish(grant, pause: pauses.pause) }
    }

    @Test func `a provider without the flow is told from one that refuses`() async throws {
        await provider.answer(.device, with: ["error": "unauthorized_client"], status: 400)
        await #expect(throws: LoginRefusal.refusedByDeviceEndpoint(ProviderWord("unauthorized_client"))) {
            _ = try await begin()
        }
        await provider.answer(.device, with: [:], status: 503)
        await #expect(throws: ProviderUnavailable(.device, .status(503))) { _ = try await begin() }
        await provider.answer(.discovery, with: ScriptedProvider.document)
        #expect(try await begin() == nil)
    }

    static let unreadable: [(String, [String: JSONValue?])] = [
        ("no device code", ["device_code": nil]), ("no user code", ["user_code": nil]),
        ("a user code that draws", ["user_code": "\u{1B}[2J"]), ("a user code over two lines", ["user_code": "A\nB"]),
        ("a page over http", ["verification_uri": "http://id.example.test/go"]), ("no page", ["verification_uri": nil]),
        ("no life", ["expires_in": nil]), ("a life of nothing", ["expires_in": 0]),
        ("a life of years", ["expires_in": 100_000_000]), ("a wait longer than its life", ["interval": 601]),
        ("a wait into the past", ["interval": -1]),
    ]

    @Test(arguments: unreadable)
    func `nothing is shown of an answer with`(_ name: String, _ changes: [String: JSONValue?]) async throws {
        var answer = Self.grant
        for (name, value) in changes { answer[name] = value }
        await provider.answer(.device, with: .object(answer))
        await #expect(throws: LoginRefusal.malformedDeviceAnswer) { _ = try await begin() }
    }

    @Test func `a wait that is not said is five seconds, and one of nothing is one`() async throws {
        for (interval, seconds): (JSONValue?, Int64) in [(nil, 5), (0, 1), (1, 1)] {
            var answer = Self.grant
            answer["interval"] = interval
            await provider.answer(.device, with: .object(answer))
            #expect(try await begin()?.intervalSeconds == seconds)
        }
    }

    @Test func `an address with the code that could be anybody's is left out`() async throws {
        var answer = Self.grant
        answer["verification_uri_complete"] = "http://id.example.test/go?code=WDJB-MJHT"
        await provider.answer(.device, with: .object(answer))
        let grant = try #require(try await begin())
        #expect(grant.addressWithCode == nil && grant.address == "https://id.example.test/go")
    }

    @Test func `a refresh keeps the old refresh token where no other comes`() async throws {
        await provider.answer(.tokens, with: ["access_token": "a-2", "refresh_token": "r-2"])
        #expect(try await flow.refresh(Secret("r-1")).refreshToken?.revealed() == "r-2")
        await provider.answer(.tokens, with: ["access_token": "a-3"])
        let tokens = try await flow.refresh(Secret("r-2"))
        #expect(tokens.refreshToken?.revealed() == "r-2" && tokens.accessExpiresAt == nil)
        await provider.answer(.tokens, with: ["error": "invalid_grant"], status: 400)
        await #expect(throws: LoginRefusal.refusedByTokenEndpoint(ProviderWord("invalid_grant"))) {
            _ = try await flow.refresh(Secret("r-2"))
        }
    }

    @Test func `a token is taken back where the provider says how`() async throws {
        await provider.answer(.revocation, with: [:])
        #expect(try await flow.revoke(Secret("r-1"), isRefreshToken: true))
        let request = try #require(await provider.requests.last)
        #expect(request.url == "https://id.example.test/revoke")
        #expect(request.form == "token=r-1&token_type_hint=refresh_token&client_id=slipway-cli")
        await provider.answer(.revocation, with: [:], status: 400)
        await #expect(throws: ProviderRefusal.status(.revocation, 400)) {
            _ = try await flow.revoke(Secret("r-1"), isRefreshToken: false)
        }
        await provider.answer(.discovery, with: ScriptedProvider.document)
        #expect(try await flow.revoke(Secret("r-1"), isRefreshToken: true) == false)
    }

    private func begin() async throws -> DeviceGrant? {
        try await flow.begin(scopes: ["openid", "groups"], audience: "slipway-api")
    }

    private func refused(_ word: String) -> ScriptedProvider.Script {
        { _ in ScriptedProvider.json(["error": .string(word)], status: 400) }
    }
}

/// Waits that take no time, and are remembered.
private final class Pauses: Sendable {
    private let waited = Mutex<[Int64]>([])

    var seconds: [Int64] { waited.withLock { $0 } }

    @Sendable func pause(_ seconds: Int64) {
        waited.withLock { $0.append(seconds) }
    }
}
