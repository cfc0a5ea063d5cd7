extension Board {
    /// The whole board as a document. Times are in RFC 3339.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "plan": ["name": .string(plan.name), "version": .integer(Int64(plan.version))],
            "at": .string(at.rfc3339), "checks": .array(checks.map(\.document)),
            "counters": .array(
                plan.counters.map { ["id": .string($0.id.rawValue)].with(counters[$0.id]) }),
            "stages": .array(plan.stages.map { ["id": .string($0.id.rawValue)].with(stages[$0.id]) }),
            "gates": [
                "ready": .integer(Int64(gates.ready)), "started": .integer(Int64(gates.started)),
                "total": .integer(Int64(gates.total)),
            ],
            "decisions": .array(decisions.map(\.document)), "verdict": verdict.document,
            "blockers": .array(blockers.map(\.document)), "frontier": JSONValue(names: frontier),
            "unprovided": JSONValue(names: unprovided), "ignored": JSONValue(names: ignored),
            "next": next?.document ?? .null, "secondBest": secondBest?.document ?? .null,
            "nextFor": .array(plan.owners.map { nextFor($0).document(of: $0) }),
            "costToGo": .integer(Int64(costToGo)), "isCheapest": .bool(isCheapest),
        ]
        if let traffic { members["traffic"] = traffic.document }
        if let fault { members["fault"] = fault.document }
        return .object(members)
    }
}

extension [String: JSONValue] {
    fileprivate func with(_ tally: Tally?) -> JSONValue {
        var members = self
        members["done"] = .integer(Int64(tally?.done ?? 0))
        members["total"] = .integer(Int64(tally?.total ?? 0))
        return .object(members)
    }
}

extension BoardCheck {
    package var document: JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id.rawValue), "owner": .string(owner), "state": .string(state.word),
            "isMet": .bool(isMet), "measure": .string(measure), "waitsFor": JSONValue(names: waitsFor),
        ]
        if !standsOn.isEmpty { members["standsOn"] = JSONValue(names: standsOn) }
        if let evidence { members["evidence"] = .string(evidence.description) }
        if let at { members["at"] = .string(at.rfc3339) }
        if let expires { members["expires"] = .string(expires.rfc3339) }
        switch state {
        case .failed(let reason), .stale(let reason), .unknown(let reason), .rejected(let reason),
            .notApplicable(let reason):
            members["reason"] = .string(reason)
        case .waived(let name, let reason, let end):
            members["waivedBy"] = .string(name)
            members["reason"] = .string(reason)
            members["waivedUntil"] = .string(end.rfc3339)
        case .notStarted, .cannotStart, .inProgress, .ready: break
        }
        return .object(members)
    }
}

extension DecisionBlocker {
    fileprivate var document: JSONValue {
        ["code": .string(code.rawValue), "checks": JSONValue(names: checks)]
    }
}

extension BoardDecision {
    fileprivate var document: JSONValue {
        [
            "name": .string(name.rawValue), "code": code.map { .string($0.rawValue) } ?? .null,
            "blockers": .array(blockers.map(\.document)), "unmet": JSONValue(names: unmet),
        ]
    }
}

extension BoardVerdict {
    fileprivate var document: JSONValue {
        var members: [String: JSONValue] = [
            "isGo": .bool(isGo), "code": code.map { .string($0.rawValue) } ?? .null,
            "missing": JSONValue(names: missing), "waived": JSONValue(names: waived),
            "notApplicable": JSONValue(names: notApplicable),
        ]
        if let authorisation {
            var signed: [String: JSONValue] = ["changed": JSONValue(names: authorisation.changed)]
            if let at = authorisation.at { signed["at"] = .string(at.rfc3339) }
            if let evidence = authorisation.evidence { signed["evidence"] = .string(evidence.description) }
            members["authorisation"] = .object(signed)
        }
        return .object(members)
    }
}

extension BoardTraffic {
    fileprivate var document: JSONValue {
        ["isEnabled": .bool(isEnabled), "mayEnable": .bool(mayEnable), "changed": JSONValue(names: changed)]
    }
}

extension Recommendation {
    package var document: JSONValue {
        var members: [String: JSONValue] = [
            "action": .string(action.rawValue), "owner": .string(owner), "persons": .integer(Int64(persons)),
            "stage": .integer(Int64(stage)), "provides": JSONValue(names: provides),
            "repairs": JSONValue(names: repairs), "unlocks": JSONValue(names: unlocks),
            "chain": .integer(Int64(chain)), "cost": .integer(Int64(cost)),
        ]
        if let counter {
            members["counter"] = ["id": .string(counter.id.rawValue)].with(counter.tally)
        }
        return .object(members)
    }
}

extension PersonalNext {
    package func document(of owner: String) -> JSONValue {
        [
            "owner": .string(owner), "action": recommendation.map { .string($0.action.rawValue) } ?? .null,
            "waitsFor": JSONValue(names: waitsFor),
        ]
    }
}

extension BoardFault {
    fileprivate var document: JSONValue {
        [
            "unprovided": JSONValue(names: unprovided),
            "waiting": .array(
                waiting.map { ["action": .string($0.action.rawValue), "checks": JSONValue(names: $0.checks)] }),
        ]
    }
}
