import SlipwayDomain

/// The bodies of the dispatch contract.
extension Schemas {
    static let nullableID: JSONValue = [
        "type": ["integer", "null"], "minimum": 1, "maximum": .integer(InputLimits.integer),
    ]

    static let providerStart = object([
        "providerConnectionId": nullableID, "sourceSurface": input(orNull: true), "targetContext": fields,
    ])

    static let groupsSync = object([
        "selectionKey": input(orNull: true), "providerConnectionId": nullableID,
    ])

    static let onboardingStart = object(["providerConnectionId": nullableID, "step": input(orNull: true)])

    static let bootstrapStart = object(
        [
            "providerConnectionId": id,
            "selectedOperations": ["type": "array", "minItems": 1, "uniqueItems": true, "items": input()],
            "sourceSurface": input(orNull: true),
        ], required: ["providerConnectionId", "selectedOperations"])

    static let contractNamed: [String: JSONValue] = [
        "ProviderStartOutcome": object(outcome, required: ["status", "operationType", "operatorMessage"]),
        "OnboardingBootstrapStartOutcome": object(
            outcome.merging(
                ["acceptedOperation": nullableText, "pendingOperations": list(text)], uniquingKeysWith: { $1 }),
            required: ["status", "operationType", "operatorMessage"]),
        "ProviderBackedRunDetail": object(
            [
                "runId": id, "operationType": text, "executionStatus": oneOf(["queued", "running", "completed"]),
                "outcome": nullableText, "providerConnection": reference("ProviderConnectionContext"),
                "protectedScope": anyObject, "shortReason": nullableText, "nextSteps": list(reference("NextStep")),
                "diagnosticsAvailable": ["type": "boolean"],
            ], required: ["runId", "operationType", "executionStatus"]),
        "ProviderConnectionContext": object(["id": id, "provider": text, "label": text]),
        "NextStep": object(
            ["label": text, "description": nullableText, "href": nullableText, "actionType": nullableText],
            required: ["label"]),
        "ActionLink": object(["label": text, "href": text, "kind": nullableText], required: ["label", "href"]),
    ]

    private static let outcome: [String: JSONValue] = [
        "status": oneOf(["accepted", "deduped", "scope_busy", "blocked"]), "operationType": text, "operatorVerb": text,
        "operatorTarget": text, "operatorMessage": text, "shortReason": nullableText,
        "providerConnection": reference("ProviderConnectionContext"),
        "run": object(["id": id, "url": text, "status": text]), "nextSteps": list(reference("NextStep")),
        "actions": list(reference("ActionLink")),
    ]
}
