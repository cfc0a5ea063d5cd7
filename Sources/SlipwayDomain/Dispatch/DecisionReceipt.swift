/// What a decision was made on and what it was, in a form that can be decided again.
///
/// It is the detail of a run's first event, written in the transaction that made the run.
package struct DecisionReceipt: Sendable {
    package let json: JSONValue

    package init(request: StartRequest, decision: StartDecision) {
        var json: [String: JSONValue] = [
            "decision": .string(decision.status), "operation": .string(request.operation.type),
            "identity": .string(request.identity), "surface": .string(request.surface),
            "by": .string("\(request.initiator.kind.rawValue):\(request.initiator.name)"),
        ]
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
            "scopes": .array(request.scopes.map { .string($0.name) }),
        ]
        if let connection = request.connection { json["provider_connection_id"] = .integer(connection.number) }
        if !request.target.isEmpty { json["target"] = .object(request.target.mapValues(JSONValue.string)) }
        if !request.items.isEmpty { json["items"] = .array(request.items.map(JSONValue.string)) }
        return .object(json)
    }
}
