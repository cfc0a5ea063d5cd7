import HTTPTypes
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// The evidence as auditors reach it.
@Suite(.timeLimit(.minutes(15))) struct EvidenceRouteTests {
    private static let base = "/api/v1/evidence"

    @Test(arguments: Backend.enabled)
    func `packets are listed behind a cursor, and each is shown whole`(on backend: Backend) async throws {
        try await JourneyDesk.with(backend) { desk in
            try await desk.connect()
            let all = try await desk.web.get(Self.base, actor: "user_md_anna")
            let sequences = all.json?["packets"]?.arrayValue?.compactMap { $0["sequence"]?.integerValue } ?? []
            #expect(sequences == Array(1...Int64(sequences.count)) && sequences.count > 2, "\(all.text)")
            let page = try await desk.web.get(Self.base + "?limit=2", actor: "user_md_anna")
            #expect(page.json?["next"] == "2" && page.json?["packets"]?.arrayValue?.count == 2)
            let rest = try await desk.web.get(Self.base + "?cursor=2", actor: "user_md_anna")
            #expect(rest.json?["next"] == .null)
            #expect(rest.json?["packets"]?.arrayValue?.count == sequences.count - 2)
            let own = try await desk.web.get(Self.base + "?scope=grant-demo-local", actor: "user_md_anna")
            #expect(own.json?["packets"]?.arrayValue?.compactMap { $0["kind"] } == ["ProductionAdapterConnection.v1"])
            for sequence in sequences {
                let shown = try await desk.web.get(Self.base + "/\(sequence)", actor: "user_md_anna")
                let packet = try Packet(statement: try #require(shown.json?["statement"]).canonicalBytes)
                #expect(shown.json?["digest"]?.stringValue == packet.digest.description)
                #expect(shown.json?["text"]?.stringValue == packet.text)
            }
        }
    }

    @Test func `an envelope and a bundle hold under the key that is handed out`() async throws {
        try await JourneyDesk.with { desk in
            try await desk.connect()
            let pem = try await desk.web.get(Self.base + "/key", actor: "driver_tarasenko")
            let key = try #require(VerifyingKey(pem: pem.text))
            #expect(key == desk.web.fixture.evidence.verifyingKey)
            let dsse = ["Accept": "application/vnd.dsse+json"]
            let signed = try await desk.web.get(Self.base + "/2", dsse, actor: "user_md_anna")
            #expect(signed.headers[.contentType] == "application/vnd.dsse+json")
            let envelope = try #require(signed.json.flatMap(Envelope.init(json:)))
            #expect(envelope.isSigned(by: key))
            for (query, count) in [("", 3), ("?scope=grant-demo-local", 1)] {
                let bundle = try await desk.web.get(Self.base + "/export" + query, actor: "user_md_anna")
                guard case .holds(let packets, _) = Bundle.verify(Array(bundle.text.utf8), trusting: key) else {
                    Issue.record("the bundle does not hold: \(bundle.text)")
                    continue
                }
                #expect(packets.count == count)
            }
            #expect(try await desk.web.get(Self.base + "/export?scope=nothing").status == 404)
        }
    }

    @Test func `it takes audit.read, and all of the workspace`() async throws {
        try await JourneyDesk.with { desk in
            try await desk.web.addMember("marta", role: "owner", tenants: [2])
            for path in ["", "/1", "/export"] {
                let lacking = try await desk.web.get(Self.base + path, actor: "user_dispatcher_marek")
                #expect(lacking.status == 403 && lacking.json?["capability"] == "audit.read", "\(path)")
                #expect(try await desk.web.get(Self.base + path, actor: "marta").status == 404, "\(path)")
            }
            for path in ["/0", "/x", "/9999", "/01"] {
                #expect(try await desk.web.get(Self.base + path).status == 404, "\(path)")
            }
            #expect(try await desk.web.get(Self.base + "?limit=0").status == 400)
        }
    }
}
