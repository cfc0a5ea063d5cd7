import SlipwayDomain
import SlipwayTesting
import Testing

/// The gate's decision over every combination of what it can see.
@Suite struct DecisionTableTests {
    @Test func `the decision table is as recorded`() throws {
        var text = "identical  scope a (1 slot)  scope b (2 slots)  missing                      decision\n"
        for identical in [false, true] {
            for heldA in 0...1 {
                for heldB in [[], [0], [1], [0, 1]] {
                    for missing in [[], [ReasonCode.consentMissing], [.consentMissing, .credentialMissing]] {
                        let facts = try facts(identical, heldA, heldB, missing)
                        let decision = StartDecision(on: try request(), facts)
                        let row = [
                            (identical ? "yes" : "no").padded(10), (heldA == 0 ? "free" : "held").padded(16),
                            (heldB.isEmpty ? "free" : "held: \(heldB.map(String.init).joined(separator: ","))")
                                .padded(17),
                            "\(missing.count)".padded(27), describe(decision),
                        ]
                        text += row.joined(separator: " ") + "\n"
                    }
                }
            }
        }
        expectSnapshot(text, named: "start-decisions")
    }

    @Test func `two requests are the same work only when every identity field is equal`() throws {
        let values = ["", "a", "1:a", "a/1:b", "b", "-", "é", "e\u{301}", String(repeating: "x", count: 300)]
        var seen: [String: [String?]] = [:]
        for first in values.map(Optional.some) + [nil] {
            for second in values.map(Optional.some) + [nil] {
                var target: [String: String] = [:]
                target["one"] = first
                target["two"] = second
                let identity = try request(target: target).identity
                #expect(seen[identity] == nil, "\(String(describing: seen[identity])) and \([first, second])")
                seen[identity] = [first, second]
                #expect(identity.utf8.count <= 120)
            }
        }
    }

    private func request(target: [String: String] = ["a": "1", "b": "2"]) throws -> StartRequest {
        StartRequest(
            operation: OperationDefinition(
                type: "test.sync", verb: "Sync", provider: "test", module: "test", capability: .syncDirectory,
                protectedScopes: [ScopeTemplate("a:{a}"), ScopeTemplate("b:{b}", slots: 2)],
                identityFields: ["one", "two"]),
            workspace: try #require(ID(1)), target: target, surface: "test",
            initiator: Initiator(kind: .operator, name: "olena"))
    }

    private func facts(
        _ identical: Bool, _ heldA: Int, _ heldB: [Int], _ missing: [ReasonCode]
    ) throws -> StartFacts {
        let holds =
            try (0..<heldA).map { try hold("a:1", $0, by: 71) } + heldB.map { try hold("b:2", $0, by: 80 + Int64($0)) }
        return StartFacts(
            identical: identical ? try run(70) : nil, holds: holds, blockers: missing.map { Blocker($0) })
    }

    private func hold(_ scope: String, _ slot: Int, by number: Int64) throws -> ScopeHold {
        ScopeHold(scope: scope, slot: slot, holder: try run(number))
    }

    private func run(_ number: Int64) throws -> ActiveRun {
        ActiveRun(
            id: try #require(ID(number)), identity: "test.sync/\(number)", operation: "test.sync", status: .running,
            since: Timestamp(microseconds: 0), progress: nil)
    }

    private func describe(_ decision: StartDecision) -> String {
        switch decision {
        case .accepted(let slots):
            "accepted, holding " + slots.map { "\($0.scope)#\($0.slot)" }.joined(separator: " ")
        case .deduped(let run): "deduped, run \(run.id)"
        case .scopeBusy(let holds):
            "scope_busy, " + holds.map { "\($0.scope)#\($0.slot) by run \($0.holder.id)" }.joined(separator: " ")
        case .blocked(let blockers): "blocked, " + blockers.map(\.reason.rawValue).joined(separator: " ")
        }
    }
}
