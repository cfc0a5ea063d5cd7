import SlipwayDomain

/// The bodies of the Scenario Store.
extension Schemas {
    static let scenarioRowID: JSONValue = ["type": "string", "pattern": .string(ScenarioText.rowIDPattern)]

    private static let count: JSONValue = ["type": "integer", "minimum": 0]

    private static let counts = object(
        Dictionary(uniqueKeysWithValues: ScenarioCollection.counted.map { ($0.rawValue, count) }),
        required: ScenarioCollection.counted.map(\.rawValue))

    private static let rowProperties: [String: JSONValue] = [
        "id": scenarioRowID, "version": id, "sequence": id, "payload": anyObject, "actor": text, "writtenAt": moment,
    ]

    private static let storedRow = object(rowProperties, required: rowProperties.keys.sorted())

    private static let snapshot = object(
        [
            "schema": oneOf([ScenarioSnapshotText.schema]), "session": oneOf([ScenarioGenerator.sessionName]),
            "tenant": text, "rows": count, "counts": counts, "actors": list(reference("ScenarioActor")),
            "collections": object(
                Dictionary(
                    uniqueKeysWithValues: ScenarioCollection.counted.map {
                        ($0.rawValue, list(reference("ScenarioRow")))
                    }),
                required: ScenarioCollection.counted.map(\.rawValue)),
        ], required: ["schema", "session", "tenant", "rows", "counts", "actors", "collections"])

    static let scenarioNamed: [String: JSONValue] = [
        "ScenarioActor": object(
            ["id": text, "role": text, "displayName": text, "permissions": list(text)],
            required: ["id", "role", "displayName", "permissions"]),
        "ScenarioSession": object(
            [
                "contract": oneOf([ScenarioSession.contract]), "session": text, "tenant": text,
                "storage": oneOf(ScenarioStorage.allCases.map(\.rawValue)), "authMode": nullableText,
                "tenantMode": oneOf(ScenarioTenantMode.allCases.map(\.rawValue)), "lastWrite": nullableMoment,
                "rows": count, "counts": counts, "actors": list(reference("ScenarioActor")),
            ],
            required: [
                "contract", "session", "tenant", "storage", "authMode", "tenantMode", "lastWrite", "rows", "counts",
                "actors",
            ]),
        "ScenarioCollectionList": object(
            [
                "collections": list(
                    object(
                        [
                            "name": oneOf(ScenarioCollection.allCases.map(\.rawValue)),
                            "batch": oneOf(BatchGroup.allCases.map(\.rawValue)), "rows": count,
                            "writing": nullableText, "mayWrite": ["type": "boolean"],
                        ], required: ["name", "batch", "rows", "writing", "mayWrite"]))
            ], required: ["collections"]),
        "ScenarioRow": storedRow,
        "ScenarioRows": object(["rows": list(reference("ScenarioRow"))], required: ["rows"]),
        "ScenarioRowPage": object(
            ["rows": list(reference("ScenarioRow")), "next": nullableText], required: ["rows", "next"]),
        "ScenarioAppend": object(
            [
                "rows": [
                    "type": "array", "minItems": 1, "maxItems": .integer(Int64(ScenarioWrite.mostRows)),
                    "items": object(["id": scenarioRowID, "payload": anyObject], required: ["id", "payload"]),
                ]
            ], required: ["rows"]),
        "ScenarioUpdate": object(["payload": anyObject], required: ["payload"]),
        "ScenarioEnvelope": object(
            [
                "snapshot": snapshot, "snapshot_digest": ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"],
                "legacy_checksum": ["type": "string", "pattern": "^bfg-[0-9a-fA-F]{8}$"],
            ], required: ["snapshot", "snapshot_digest"]),
        "ScenarioImport": object(["rows": count, "snapshotDigest": text], required: ["rows", "snapshotDigest"]),
    ]
}
