import SlipwayDomain

/// The shapes of bodies, as OpenAPI 3.1 has them.
enum Schemas {
    static let id: JSONValue = ["type": "integer", "minimum": 1, "maximum": .integer(InputLimits.integer)]
    static let text: JSONValue = ["type": "string"]
    /// Text that comes in.
    static func input(_ limit: Int = InputLimits.text, orNull: Bool = false) -> JSONValue {
        [
            "type": orNull ? ["string", "null"] : "string", "maxLength": .integer(Int64(limit)),
            "pattern": "^[^\\u0000]*$",
        ]
    }

    /// A name that stands in a path.
    static let pathName: JSONValue = ["type": "string", "minLength": 1, "pattern": "^[^\\u0000]*$"]
    /// `*`, or a list of entity tags, which may be empty.
    static let etags: JSONValue = ["type": "string", "pattern": "^(\\*|[ ,]*((W/)?\"[^\"]*\"[ ,]*)*)$"]

    /// What an operation is about.
    static let fields: JSONValue = [
        "type": ["object", "null"], "maxProperties": .integer(Int64(InputLimits.fields)),
        "propertyNames": input(),
        "additionalProperties": [
            "anyOf": [
                input(InputLimits.value),
                [
                    "type": "integer", "minimum": .integer(-InputLimits.integer),
                    "maximum": .integer(InputLimits.integer),
                ],
            ]
        ],
    ]
    static let nullableText: JSONValue = ["type": ["string", "null"]]
    static let moment: JSONValue = ["type": "string", "format": "date-time"]
    static let nullableMoment: JSONValue = ["type": ["string", "null"], "format": "date-time"]
    static let anyObject: JSONValue = ["type": "object"]

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    static func oneOf(_ values: [String]) -> JSONValue {
        ["type": "string", "enum": .array(values.map(JSONValue.string))]
    }

    static func object(
        _ properties: [String: JSONValue], required: [String] = [], isOpen: Bool = false
    ) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        if !isOpen { schema["additionalProperties"] = false }
        return .object(schema)
    }

    /// Every shape that has a name.
    static let named: [String: JSONValue] = [
        "Problem": object(
            [
                "type": text, "title": text, "status": ["type": "integer"], "detail": text, "requestId": text,
                "field": text, "capability": text, "start": reference("StartOutcome"), "outcomes": list(anyObject),
                "owner": text, "waitsFor": list(text), "fields": list(text), "journeys": list(text),
            ], required: ["type", "title", "status", "detail", "requestId"]),
        "WhoAmI": object(
            [
                "actor": text, "name": text, "role": nullableText, "mode": text, "capabilities": list(text),
                "tenants": ["type": ["array", "null"], "items": id],
            ], required: ["actor", "name", "role", "mode", "capabilities", "tenants"]),
        "SignInClient": object(
            ["mode": text, "issuer": text, "clientId": nullableText, "scopes": list(text), "audience": text],
            required: ["mode"]),
        "StartOutcome": startOutcome,
        "Blocker": object(
            [
                "reasonCode": oneOf(ReasonCode.allCases.map(\.rawValue)), "detail": text, "sentence": text,
                "runbook": text,
            ],
            required: ["reasonCode", "sentence", "runbook"]),
        "Holder": object(
            [
                "run": id, "operationType": text, "status": oneOf(RunStatus.allCases.map(\.rawValue)), "scope": text,
                "since": moment, "progress": reference("Progress"),
            ], required: ["run", "operationType", "status", "scope", "since"]),
        "Progress": object(
            ["done": ["type": "integer", "minimum": 0], "total": ["type": ["integer", "null"]]],
            required: ["done", "total"]),
        "Run": run,
        "RunDetail": runDetail,
        "RunPage": object(
            ["runs": list(reference("Run")), "next": nullableText], required: ["runs", "next"]),
        "Operation": object(
            [
                "type": text, "verb": text, "provider": text, "module": text, "capability": text,
                "needsConnection": ["type": "boolean"], "protectedScopes": list(text), "identityFields": list(text),
                "attempts": ["type": "integer"], "deadlineSeconds": ["type": "integer"],
            ], required: ["type", "verb", "provider", "module", "capability"]),
        "OperationList": object(["operations": list(reference("Operation"))], required: ["operations"]),
        "StartRequest": object([
            "tenant": input(orNull: true), "providerConnectionId": nullableID, "target": fields,
            "sourceSurface": input(orNull: true),
        ]),
    ]

    private static let startOutcome = object(
        [
            "decision": oneOf(["accepted", "deduped", "scope_busy", "blocked"]), "operationType": text,
            "message": text, "run": ["type": ["integer", "null"]], "holders": list(reference("Holder")),
            "blockers": list(reference("Blocker")), "nextSteps": list(anyObject), "preflight": ["type": "boolean"],
        ], required: ["decision", "operationType", "message"])

    private static let runProperties: [String: JSONValue] = [
        "id": id, "operationType": text, "tenant": ["type": ["integer", "null"]],
        "providerConnectionId": ["type": ["integer", "null"]], "parent": ["type": ["integer", "null"]],
        "status": oneOf(RunStatus.allCases.map(\.rawValue)), "outcome": oneOf(RunOutcome.allCases.map(\.rawValue)),
        "reasonCode": nullableText, "shortReason": nullableText,
        "cancel": oneOf(CancelPhase.allCases.map(\.rawValue)), "attempt": ["type": "integer", "minimum": 0],
        "initiatedBy": text, "surface": text, "progress": ["anyOf": [reference("Progress"), ["type": "null"]]],
        "counts": ["type": ["object", "null"]], "createdAt": moment, "startedAt": nullableMoment,
        "completedAt": nullableMoment, "prunedAt": nullableMoment,
    ]

    private static let run = object(runProperties, required: ["id", "operationType", "status", "outcome", "createdAt"])

    private static let runDetail = object(
        runProperties.merging(
            [
                "scopes": list(text), "items": list(anyObject), "events": list(anyObject),
                "failures": ["type": ["object", "array", "null"]], "nextSteps": list(anyObject),
            ], uniquingKeysWith: { $1 }),
        required: ["id", "operationType", "status", "outcome", "createdAt", "items", "events"])
}
