import Logging
import SlipwayDomain
import SlipwayTesting

@testable import SlipwayOIDC

/// A verifier with a provider behind it and a clock that stands still.
struct VerifierFixture {
    let provider: ScriptedProvider
    let clock = ManualClock()
    let keys: KeySet
    let verifier: TokenVerifier

    init(_ settings: OIDCSettings? = nil, keys: [JSONValue]? = nil) async throws {
        let (settings, provider, clock) = (try settings ?? Forge.settings(), try ScriptedProvider(), clock)
        if let keys { await provider.answer(.keys, with: ["keys": .array(keys)]) }
        let discovery = Remembered(clock: clock, terms: .discovery) {
            try await Discovery.fetched(for: settings, by: provider)
        }
        self.provider = provider
        self.keys = KeySet(discovery: discovery, fetch: provider, clock: clock, logger: Logger(label: "oidc"))
        verifier = TokenVerifier(settings: settings, keys: self.keys, clock: clock)
    }

    func idToken(_ text: String) async throws -> VerifiedToken {
        try await verifier.idToken(text, nonce: Secret(Forge.nonce), accessToken: Secret(Forge.accessToken))
    }
}
