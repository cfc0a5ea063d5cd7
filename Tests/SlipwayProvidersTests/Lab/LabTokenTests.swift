import SlipwayDomain
import SlipwayLab
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct LabTokenTests {
    @Test func `a good secret gets a token that opens Graph until it is over`() async throws {
        let lab = LabMicrosoft()
        let answer = try await lab.token()
        #expect(answer.status == 200)
        #expect(answer.json?["expires_in"]?.integerValue == 3599)
        let headers = ["authorization": "Bearer \(answer.json?["access_token"]?.stringValue ?? "")"]
        #expect(try await lab.ask("GET", "microsoft/v1.0/organization", headers: headers).status == 200)
        lab.clock.advance(seconds: 3599)
        let late = try await lab.ask("GET", "microsoft/v1.0/organization", headers: headers)
        #expect(late.status == 401)
        #expect(late.json?["error"]?["code"]?.stringValue == "InvalidAuthenticationToken")
    }

    @Test(arguments: [
        ("wrong secret", [("client_secret", "bad")], 401, 7_000_215),
        ("expired secret", [("client_secret", "old-secret")], 401, 7_000_222),
        ("no secret", [], 401, 7_000_218),
        ("bad assertion", LabTokenTests.assertion("e30.e30.AAAA"), 401, 700_027),
        ("no assertion", LabTokenTests.assertion(""), 401, 700_027),
    ])
    func `a bad proof is refused with its code`(
        _ name: String, _ proof: [(String, String)], _ status: Int, _ code: Int64
    ) async throws {
        let answer = try await LabMicrosoft().token(proof)
        #expect(answer.status == status)
        #expect(answer.json?["error_codes"] == [.integer(code)])
        #expect(answer.json?["error_description"]?.stringValue?.hasPrefix("AADSTS\(code): ") == true)
        #expect(answer.json?["trace_id"]?.stringValue?.count == 36)
    }

    @Test func `an unknown tenant and an unknown application are told apart`() async throws {
        let lab = LabMicrosoft()
        let tenant = try await lab.token(tenant: "00000000-0000-4000-8000-000000000000")
        #expect(tenant.status == 400)
        #expect(tenant.json?["error_codes"] == [90_002])
        let client = try await lab.token(client: "00000000-0000-4000-8000-000000000000")
        #expect(client.status == 400)
        #expect(client.json?["error_codes"] == [700_016])
    }

    @Test func `a permission that was not granted is missing at its addresses alone`() async throws {
        let lab = LabMicrosoft()
        lab.microsoft.change(lab.tenant.id) { _ = $0.grants.remove("Policy.Read.All") }
        let policy = try await lab.graph("policies/authorizationPolicy")
        #expect(policy.status == 403)
        #expect(policy.json?["error"]?["code"]?.stringValue == "Authorization_RequestDenied")
        #expect(try await lab.graph("groups").status == 200)
    }

    static func assertion(_ text: String) -> [(String, String)] {
        [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", text),
        ]
    }
}
