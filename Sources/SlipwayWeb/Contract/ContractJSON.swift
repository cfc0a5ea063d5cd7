import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// The shapes of the dispatch contract, under its names and media types.
enum ContractJSON {
    static let startOutcome = "application/vnd.tenantpilot.provider-start-outcome+json"
    static let bootstrapOutcome = "application/vnd.tenantpilot.onboarding-bootstrap-start-outcome+json"
    static let runDetail = "application/vnd.tenantpilot.provider-backed-run-detail+json"

    static func outcome(_ answer: StartAnswer) -> [String: JSONValue] {
        let words = StartWords(answer)
        var json: [String: JSONValue] = [
            "status": .string(answer.decision.status), "operationType": .string(answer.request.operation.type),
            "operatorVerb": .string(answer.request.operation.verb), "operatorMessage": .string(words.message),
            "shortReason": words.shortReason.json, "nextSteps": .array(nextSteps(answer)),
            "actions": .array(actions(answer)),
        ]
        if let label = answer.connection?.label { json["operatorTarget"] = .string(label) }
        if let connection = answer.connection { json["providerConnection"] = context(of: connection) }
        if let run = answer.run, let status = answer.runStatus {
            json["run"] = [
                "id": .integer(run.number), "url": .string("/admin/operations/\(run)"),
                "status": .string(status.rawValue),
            ]
        }
        return json
    }

    static func outcome(_ bootstrap: Bootstrap.Outcome) -> [String: JSONValue] {
        var json = outcome(bootstrap.first)
        let isIn = bootstrap.first.decision.status == "accepted" || bootstrap.first.decision.status == "deduped"
        json["acceptedOperation"] = isIn ? .string(bootstrap.first.request.operation.type) : .null
        json["pendingOperations"] = .array(bootstrap.pending.map(JSONValue.string))
        return json
    }

    static func detail(_ detail: RunQueries.Detail) -> JSONValue {
        let run = detail.run
        var json: [String: JSONValue] = [
            "runId": .integer(run.id.number), "operationType": .string(run.type),
            "executionStatus": .string(run.status.rawValue),
            "outcome": run.machine.outcome == .pending ? .null : .string(run.machine.outcome.rawValue),
            "protectedScope": ["scopes": .array(run.scopes.map(JSONValue.string))],
            "shortReason": (run.machine.reason?.sentence).json,
            "nextSteps": .array(run.machine.reason.map { [step($0)] } ?? []),
            "diagnosticsAvailable": .bool(!detail.items.isEmpty || run.failures != nil),
        ]
        if let connection = detail.connection { json["providerConnection"] = context(of: connection) }
        return .object(json)
    }

    private static func context(of connection: ConnectionFacts) -> JSONValue {
        [
            "id": .integer(connection.id.number), "provider": .string(connection.provider),
            "label": .string(connection.label),
        ]
    }

    /// Links only: nothing of it acts by itself.
    private static func nextSteps(_ answer: StartAnswer) -> [JSONValue] {
        switch answer.decision {
        case .accepted, .deduped: []
        case .scopeBusy(let holds):
            holds.map { hold in
                [
                    "label": .string("See run \(hold.holder.id), which has \(hold.scope)"),
                    "href": .string("/admin/operations/\(hold.holder.id)"), "actionType": "link",
                ]
            }
        case .blocked(let blockers): blockers.map { step($0.reason) }
        }
    }

    private static func step(_ reason: ReasonCode) -> JSONValue {
        [
            "label": .string(reason.sentence), "description": .string(reason.rawValue),
            "href": .string(reason.runbookPath), "actionType": "link",
        ]
    }

    private static func actions(_ answer: StartAnswer) -> [JSONValue] {
        guard let run = answer.run else { return [] }
        return [["label": "Open the run", "href": .string("/admin/operations/\(run)"), "kind": "primary"]]
    }
}
