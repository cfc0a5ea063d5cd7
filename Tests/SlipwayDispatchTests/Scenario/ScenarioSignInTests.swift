import HTTPTypes
import SlipwayDomain
import SlipwayTesting
import Testing

/// The Scenario Store of a server where an OpenID provider's claims say who somebody is.
@Suite(.timeLimit(.minutes(15))) struct ScenarioSignInTests {
    private static let rows = "/api/v1/tenants/bfg/scenario/collections/orders/rows"

    @Test func `claims decide who writes, and the rows are under the provider's name for them`() async throws {
        let oidc = OIDCFixture()
        try await WebFixture.with(signIn: oidc) { web in
            func headers(_ session: String) -> [String: String] {
                [
                    "Cookie": "__Host-slipway=\(session)", "Origin": OIDCFixture.origin,
                    "X-Slipway-CSRF": oidc.formToken(of: session),
                ]
            }
            let dispatcher = try #require(Role.named("dispatcher"))
            let client = try #require(Role.named("client"))
            let (marek, lviv) = (String(repeating: "a1", count: 32), String(repeating: "b2", count: 32))
            try await oidc.session(marek, for: "auth0|marek", role: dispatcher, web.fixture)
            try await oidc.session(lviv, for: "auth0|lviv", role: client, web.fixture)
            let body: JSONValue = ["rows": [["id": "a", "payload": ["n": 1]]]]
            let written = try await web.post(Self.rows, body, headers(marek), actor: nil)
            #expect(written.status == 200, "\(written.text)")
            #expect(written.json?["rows"]?.arrayValue?.first?["actor"] == "auth0|marek")
            #expect(try await web.post(Self.rows, body, headers(lviv), actor: nil).status == 403)
            #expect(try await web.post(Self.rows, body, ["X-Slipway-Role": "owner"], actor: "olena").status == 401)
            let session = try await web.get("/api/v1/tenants/bfg/scenario", headers(lviv), actor: nil)
            #expect(session.json?["authMode"] == "oidc")
            // A page of somebody else's can change no row in the browser's name.
            for missing in ["Origin", "X-Slipway-CSRF"] {
                var forged = headers(marek)
                forged[missing] = nil
                forged["If-Match"] = "*"
                let change = try await web.send(
                    .put, Self.rows + "/a", forged, actor: nil, body: #"{"payload": {"n": 2}}"#)
                #expect(change.status == 403 && change.json?["type"] == "/runbook/forged", "\(missing)")
            }
            let row = try await web.get(Self.rows + "/a", headers(marek), actor: nil)
            #expect(row.json?["version"] == 1)
        }
    }
}
