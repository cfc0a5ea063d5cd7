extension BoardPlan {
    /// The whole plan.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "version": .integer(Int64(version)),
            "leaves": .array(leaves.map(\.document)), "derived": .array(derived.map(\.document)),
            "counters": .array(
                counters.map { ["id": .string($0.id.rawValue), "checks": JSONValue(names: $0.checks)] }),
            "stages": .array(stages.map { ["id": .string($0.id.rawValue), "checks": JSONValue(names: $0.checks)] }),
            "actions": .array(actions.map(\.document)), "gates": JSONValue(names: gates),
            "goal": .string(goal.rawValue), "decisions": .array(decisions.map(\.document)),
        ]
        if let verdict { members["verdict"] = verdict.document }
        return .object(members)
    }

    /// Throws for a document that is no plan, and for a plan that does not hold together.
    package init(json: JSONValue) throws(BoardDocumentFault) {
        try self.init(try DocumentPart(json, "the plan"))
    }

    init(_ part: DocumentPart) throws(BoardDocumentFault) {
        let (name, version) = (try part.text("name"), try part.number("version"))
        let leaves = try part.parts("leaves", PlanLeaf.init(part:))
        let derived = try part.parts("derived", PlanCheck.init(part:))
        let counters = try part.parts("counters") { part throws(BoardDocumentFault) in
            PlanCounter(CounterID(try part.text("id")), try part.names("checks"))
        }
        let stages = try part.parts("stages") { part throws(BoardDocumentFault) in
            PlanStage(StageID(try part.text("id")), try part.names("checks"))
        }
        let actions = try part.parts("actions", PlanAction.init(part:))
        let (gates, goal): ([CheckID], CheckID) = (try part.names("gates"), CheckID(try part.text("goal")))
        let decisions = try part.parts("decisions", DecisionRule.init(part:))
        let verdict =
            part.has("verdict") ? try VerdictRule(part: try DocumentPart(part["verdict"], "the verdict")) : nil
        do {
            try self.init(
                name: name, version: version, leaves: leaves, derived: derived, counters: counters, stages: stages,
                actions: actions, gates: gates, goal: goal, decisions: decisions, verdict: verdict)
        } catch {
            throw BoardDocumentFault("the plan does not hold together: \(error)")
        }
    }
}

extension PlanLeaf {
    fileprivate var document: JSONValue {
        ["id": .string(id.rawValue), "owner": .string(owner), "mustApply": .bool(mustApply)]
    }

    fileprivate init(part: DocumentPart) throws(BoardDocumentFault) {
        self.init(CheckID(try part.text("id")), owner: try part.text("owner"), mustApply: try part.flag("mustApply"))
    }
}

extension PlanCheck {
    fileprivate var document: JSONValue {
        ["id": .string(id.rawValue), "owner": .string(owner), "standsOn": JSONValue(names: standsOn)]
    }

    fileprivate init(part: DocumentPart) throws(BoardDocumentFault) {
        self.init(CheckID(try part.text("id")), owner: try part.text("owner"), standsOn: try part.names("standsOn"))
    }
}

extension PlanAction {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.rawValue), "stage": .integer(Int64(stage)), "owner": .string(owner),
            "persons": .integer(Int64(persons)), "requires": JSONValue(names: requires),
            "provides": JSONValue(names: provides), "cost": .integer(Int64(cost)),
        ]
    }

    fileprivate init(part: DocumentPart) throws(BoardDocumentFault) {
        self.init(
            ActionID(try part.text("id")), stage: try part.number("stage"), owner: try part.text("owner"),
            persons: try part.number("persons"), requires: try part.names("requires"),
            provides: try part.names("provides"), cost: try part.number("cost"))
    }
}

extension DecisionRow {
    fileprivate var document: JSONValue {
        ["code": .string(code.rawValue), "unless": JSONValue(names: unless)]
    }

    fileprivate init(part: DocumentPart) throws(BoardDocumentFault) {
        self.init(try part.code("code"), unless: try part.names("unless"))
    }
}

extension DecisionRule {
    fileprivate var document: JSONValue {
        [
            "decision": .string(decision.rawValue), "passesWith": .string(passesWith.rawValue),
            "passed": .string(passed.rawValue), "rows": .array(rows.map(\.document)),
        ]
    }

    fileprivate init(part: DocumentPart) throws(BoardDocumentFault) {
        self.init(
            try part.code("decision"), passesWith: CheckID(try part.text("passesWith")), try part.code("passed"),
            rows: try part.parts("rows", DecisionRow.init(part:)))
    }
}

extension VerdictRule {
    fileprivate var document: JSONValue {
        [
            "over": .array(over.map { .string($0.rawValue) }), "rows": .array(rows.map(\.document)),
            "ready": .string(ready.rawValue), "signature": .string(signature.rawValue),
        ]
    }

    fileprivate init(part: DocumentPart) throws(BoardDocumentFault) {
        var over: [DecisionName] = []
        for name: DecisionID in try part.names("over") {
            guard let decision = DecisionName(rawValue: name.rawValue) else {
                throw BoardDocumentFault("there is no decision '\(name)'")
            }
            over.append(decision)
        }
        self.init(
            over: over, rows: try part.parts("rows", DecisionRow.init(part:)), ready: CheckID(try part.text("ready")),
            signature: CheckID(try part.text("signature")))
    }
}

/// A decision's name before it is known to be one.
private struct DecisionID: PlanName {
    let rawValue: String
}
