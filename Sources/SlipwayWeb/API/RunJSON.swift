package import SlipwayDomain
package import SlipwayOperations
package import SlipwayStore

/// Runs and decisions as `/api/v1` has them.
package enum RunJSON {
    package static func run(_ run: RunRecord) -> JSONValue {
        .object(members(of: run))
    }

    package static func detail(_ detail: RunQueries.Detail) -> JSONValue {
        var json = members(of: detail.run)
        json["scopes"] = .array(detail.run.scopes.map(JSONValue.string))
        json["failures"] = detail.run.failures ?? .null
        json["nextSteps"] = .array(steps(for: detail.run.machine.reason))
        json["items"] = .array(
            detail.items.map { item, facts in
                [
                    "item": .string(item.key), "status": .string(item.status.rawValue),
                    "reasonCode": (item.reason?.rawValue).json, "facts": facts ?? .null,
                ]
            })
        json["events"] = .array(detail.events.map(event))
        return .object(json)
    }

    package static func event(_ event: RecordedEvent) -> JSONValue {
        [
            "sequence": .integer(event.sequence), "kind": .string(event.kind.rawValue),
            "outcome": (event.outcome?.rawValue).json, "reasonCode": (event.reason?.rawValue).json,
            "fence": .integer(event.fence), "detail": event.detail ?? .null, "at": .string(event.at.rfc3339),
        ]
    }

    package static func start(_ answer: StartAnswer, isPreflight: Bool = false) -> JSONValue {
        var json: [String: JSONValue] = [
            "decision": .string(answer.decision.status), "operationType": .string(answer.request.operation.type),
            "message": .string(StartWords(answer).message), "preflight": .bool(isPreflight),
            "run": answer.run.map { .integer($0.number) } ?? .null,
        ]
        switch answer.decision {
        case .scopeBusy(let holds): json["holders"] = .array(holds.map(holder))
        case .blocked(let blockers):
            json["blockers"] = .array(blockers.map(blocker))
            json["nextSteps"] = .array(blockers.flatMap { steps(for: $0.reason) })
        case .accepted, .deduped: break
        }
        return .object(json)
    }

    package static func steps(for reason: ReasonCode?) -> [JSONValue] {
        guard let reason else { return [] }
        return [["label": .string(reason.sentence), "href": .string(reason.runbookPath)]]
    }

    private static func holder(_ hold: ScopeHold) -> JSONValue {
        var json: [String: JSONValue] = [
            "run": .integer(hold.holder.id.number), "operationType": .string(hold.holder.operation),
            "status": .string(hold.holder.status.rawValue), "scope": .string(hold.scope),
            "since": .string(hold.holder.since.rfc3339),
        ]
        if let progress = hold.holder.progress { json["progress"] = progress.json }
        return .object(json)
    }

    private static func blocker(_ blocker: Blocker) -> JSONValue {
        var json: [String: JSONValue] = [
            "reasonCode": .string(blocker.reason.rawValue), "sentence": .string(blocker.reason.sentence),
            "runbook": .string(blocker.reason.runbookPath),
        ]
        if let detail = blocker.detail { json["detail"] = .string(detail) }
        return .object(json)
    }

    private static func members(of run: RunRecord) -> [String: JSONValue] {
        [
            "id": .integer(run.id.number), "operationType": .string(run.type),
            "tenant": run.tenant.map { .integer($0.number) } ?? .null,
            "providerConnectionId": run.connection.map { .integer($0.number) } ?? .null,
            "parent": run.parent.map { .integer($0.number) } ?? .null,
            "status": .string(run.status.rawValue), "outcome": .string(run.machine.outcome.rawValue),
            "reasonCode": (run.machine.reason?.rawValue).json, "shortReason": (run.machine.reason?.sentence).json,
            "cancel": .string(run.machine.cancel.rawValue), "attempt": .integer(Int64(run.machine.attempt)),
            "initiatedBy": .string(run.initiator.description),
            "surface": .string(run.surface), "progress": run.progress?.json ?? .null, "counts": run.counts ?? .null,
            "createdAt": .string(run.createdAt.rfc3339), "startedAt": (run.startedAt?.rfc3339).json,
            "completedAt": (run.completedAt?.rfc3339).json, "prunedAt": (run.prunedAt?.rfc3339).json,
        ]
    }
}

extension String? {
    var json: JSONValue { map(JSONValue.string) ?? .null }
}
