import SlipwayDomain

/// Rows as requests bring them.
enum ScenarioBody {
    /// `{"rows": [{"id": …, "payload": {…}}, …]}`
    static func drafts(_ body: JSONValue?) throws -> [ScenarioDraft] {
        let items = try members(body, named: ["rows"])["rows"]?.arrayValue
        guard let items, (1...ScenarioWrite.mostRows).contains(items.count) else {
            throw Problem.invalid("rows is a list of 1 to \(ScenarioWrite.mostRows) rows.", field: "rows")
        }
        return try items.enumerated().map { index, item in
            let field = "rows[\(index)]"
            guard let members = item.objectValue, Set(members.keys) == ["id", "payload"],
                let id = members["id"]?.stringValue, let payload = members["payload"]
            else { throw Problem.invalid("\(field) is not an object of id and payload.", field: field) }
            return try draft(id, payload, field)
        }
    }

    /// `{"payload": {…}}`
    static func draft(_ id: String, _ body: JSONValue?) throws -> ScenarioDraft {
        guard let payload = try members(body, named: ["payload"])["payload"] else {
            throw Problem.invalid("payload is missing.", field: "payload")
        }
        return try draft(id, payload, "payload")
    }

    private static func draft(_ id: String, _ payload: JSONValue, _ field: String) throws -> ScenarioDraft {
        do {
            return try ScenarioDraft(id: id, payload: ScenarioPayload(payload))
        } catch {
            throw Problem.invalid("\(field): \(error).", field: field)
        }
    }

    private static func members(_ body: JSONValue?, named names: Set<String>) throws -> [String: JSONValue] {
        guard let members = body?.objectValue else { throw Problem.invalid("The body must be a JSON object.") }
        if let unknown = Set(members.keys).subtracting(names).min() {
            throw Problem.invalid("The body has a field this does not take: \(unknown).", field: unknown)
        }
        return members
    }
}
