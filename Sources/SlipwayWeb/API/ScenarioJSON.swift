import SlipwayDomain
import SlipwayOperations

/// Rows and collections as `/api/v1` has them.
enum ScenarioJSON {
    static func row(_ row: ScenarioRow) throws -> JSONValue {
        [
            "id": .string(row.id), "version": .integer(row.version), "sequence": .integer(row.sequence),
            "payload": try JSONValue(parsing: Array(row.payload.text.utf8)), "actor": .string(row.actor),
            "writtenAt": .string(row.writtenAt.rfc3339),
        ]
    }

    /// Changes with every write of the row.
    static func etag(_ row: ScenarioRow) -> String { "\"\(row.version)-\(row.sequence)\"" }

    static func collection(_ collection: ScenarioCollection, rows: Int, _ context: OperationContext) -> JSONValue {
        let capability = collection.writing
        return [
            "name": .string(collection.rawValue), "batch": .string(collection.batch.rawValue),
            "rows": .integer(Int64(rows)), "writing": (capability?.rawValue).json,
            "mayWrite": .bool(capability.map { context.access.capabilities.contains($0) } ?? false),
        ]
    }

    static func outcome(_ outcome: ScenarioOutcome) -> JSONValue {
        switch outcome {
        case .stored(let row): ["id": .string(row.id), "outcome": "stored", "version": .integer(row.version)]
        case .conflict(let id, let version):
            ["id": .string(id), "outcome": "conflict", "version": version.map(JSONValue.integer) ?? .null]
        case .absent(let id): ["id": .string(id), "outcome": "absent", "version": .null]
        case .held(let id): ["id": .string(id), "outcome": "held", "version": .null]
        }
    }
}
