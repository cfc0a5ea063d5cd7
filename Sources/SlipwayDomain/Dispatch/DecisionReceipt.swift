/// What was decided, with what the run holds or what it lacks: beside the run's row, which keeps who asked for what,
/// enough to decide again.
///
/// It is the detail of a run's first event, written in the transaction that made the run.
package struct DecisionReceipt: Sendable {
    package let json: JSONValue

    package init(_ decision: StartDecision) {
        var json: [String: JSONValue] = ["decision": .string(decision.status)]
        switch decision {
        case .accepted(let slots):
            json["holds"] = .array(slots.map { ["scope": .string($0.scope), "slot": .integer(Int64($0.slot))] })
        case .blocked(let blockers): json["blockers"] = Self.blockers(blockers)
        case .deduped, .scopeBusy: break
        }
        self.json = .object(json)
    }

    package static func blockers(_ blockers: [Blocker]) -> JSONValue {
        .array(
            blockers.map { blocker in
                var json: [String: JSONValue] = ["reason_code": .string(blocker.reason.rawValue)]
                if let detail = blocker.detail { json["detail"] = .string(detail) }
                return .object(json)
            })
    }

    /// What a run's row keeps of its request, under the contract's names.
    package static func context(of request: StartRequest) -> JSONValue {
        var json: [String: JSONValue] = [
            "provider": .string(request.operation.provider), "module": .string(request.operation.module),
        ]
        if let connection = request.connection { json["provider_connection_id"] = .integer(connection.number) }
        if !request.target.isEmpty { json["target"] = .object(request.target.mapValues(JSONValue.string)) }
        if !request.items.isEmpty { json["items"] = .array(request.items.map(JSONValue.string)) }
        return .object(json)
    }
}
