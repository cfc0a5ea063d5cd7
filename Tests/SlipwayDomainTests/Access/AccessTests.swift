import SlipwayDomain
import SlipwayTesting
import Testing

@Suite struct AccessTests {
    private let own = ID<Tenant>(1)
    private let other = ID<Tenant>(2)

    @Test func `the five people of the scenario have five, four, four, three and three permissions`() {
        #expect(ScenarioActor.all.map(\.permissions.count) == [5, 4, 4, 3, 3])
        #expect(ScenarioActor.all.map(\.role.rawValue) == ["md", "dispatcher", "accountant", "driver", "client"])
        #expect(
            ScenarioActor.all.allSatisfy { Role.named($0.role.rawValue)?.capabilities.count == $0.permissions.count })
    }

    @Test func `who is not entitled is told nothing, whatever they can do`() throws {
        let access = Access(entitlement: .tenants([try #require(own)]), capabilities: Role.owner.capabilities)
        for capability in [nil] + Capability.allCases.map(Optional.some) {
            #expect(access.decide(capability, on: own) == .allowed)
            #expect(access.decide(capability, on: other) == .hidden)
            #expect(access.decide(capability, on: nil) == .hidden, "what belongs to no tenant is for who sees them all")
        }
    }

    @Test func `who is entitled is told what is missing`() {
        let access = Access(entitlement: .workspace, capabilities: [.cancelRun])
        #expect(access.decide(.cancelRun, on: own) == .allowed)
        #expect(access.decide(.runCutover, on: own) == .lacking(.runCutover))
        #expect(access.decide(nil, on: own) == .allowed)
    }

    @Test func `narrowing never adds`() throws {
        let one = Access(entitlement: .tenants([try #require(own)]), capabilities: [.cancelRun, .runCutover])
        let two = Access(entitlement: .workspace, capabilities: [.runCutover, .readAudit])
        for narrowed in [one.narrowed(to: two), two.narrowed(to: one)] {
            #expect(narrowed == Access(entitlement: one.entitlement, capabilities: [.runCutover]))
        }
        #expect(!one.narrowed(to: .none).isMember)
    }

    @Test func `the matrix of actors, actions and resources is as it was reviewed`() throws {
        let tenant = try #require(own)
        var lines = [
            "What an actor is answered, by what they would do: to a tenant they are entitled to, to one they are not, and to",
            "what belongs to no tenant, when they are entitled to that tenant alone. 404 is as if it were not there.",
            "",
        ]
        for role in Role.all {
            let access = Access(entitlement: .tenants([tenant]), capabilities: role.capabilities)
            lines.append("\(role.name), \(role.capabilities.count) capabilities")
            for capability in [nil] + Capability.allCases.map(Optional.some) {
                let answers = [own, other, nil].map { Self.word(access.decide(capability, on: $0)) }
                let name = capability?.rawValue ?? "(see)"
                lines.append(
                    "  " + name + String(repeating: " ", count: 24 - name.count) + answers.joined(separator: "  "))
            }
            lines.append("")
        }
        lines.append("(no member)")
        let answers = Set([nil, .cancelRun].map { Access.none.decide($0, on: own) })
        #expect(answers == [.hidden])
        lines.append("  (anything)              404  404  404")
        expectSnapshot(lines.joined(separator: "\n"), named: "access-matrix")
    }

    @Test func `a token's text names its number and nothing else of it is kept`() throws {
        let id = try #require(ID<APIToken>(12))
        let text = TokenText.text(of: id, random: Array(repeating: 0xAB, count: 32))
        let token = try #require(TokenText(text))
        #expect(token.id == id)
        #expect(token.digest.matches(Digest(sha256Of: text.utf8)))
        #expect(!token.digest.matches(Digest(sha256Of: (text + " ").utf8)))
        let wrong = [
            "", "slw", "slw_", "slw__", "slw_12", "slw_12_", "slw_012_\(text.suffix(64))", "slw_0_\(text.suffix(64))",
            "slw_12_\(text.suffix(63))", "slw_12_\(text.suffix(64))0", "slw_12_\(text.suffix(63))g", text + "_",
            " " + text, "SLW_12_\(text.suffix(64))", "slw_-12_\(text.suffix(64))", "slw_١٢_\(text.suffix(64))",
        ]
        for text in wrong { #expect(TokenText(text) == nil, "\(text)") }
    }

    private static func word(_ decision: AccessDecision) -> String {
        switch decision {
        case .allowed: "yes"
        case .hidden: "404"
        case .lacking: "403"
        }
    }
}
