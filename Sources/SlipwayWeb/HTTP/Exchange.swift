import SlipwayDomain
import SlipwayOperations

/// A request as an endpoint sees it: routed, its actor known.
package struct Exchange: Sendable {
    /// The values of the path's names.
    let path: [String: String]
    let query: [String: String]
    /// By lower-case name.
    let headers: [String: String]
    let body: RequestBody
    let rawQuery: String
    let caller: Caller
    let context: OperationContext
    /// Who it is from by now, for what goes on for long; throws when they are no longer known.
    let again: @Sendable () async throws -> OperationContext

    /// The caller's name for what is asked, when there is one.
    func idempotencyKey() throws -> String? {
        guard let key = headers["idempotency-key"] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw Problem.invalid(
                "Idempotency-Key is 1 to 255 printable ASCII characters without spaces, such as a UUID.",
                field: "Idempotency-Key")
        }
        return key
    }

    func id<Entity>(_ name: String, orThrow error: (String) -> NotFound) throws -> ID<Entity> {
        let text = path[name] ?? ""
        guard let id = ID<Entity>(text: text) else { throw error(text) }
        return id
    }
}

/// A body, read as JSON, or the problem it is. Who may do what is asked is decided before the problem is told; until
/// then only what the body names is looked at.
struct RequestBody: Sendable {
    private let content: Result<JSONValue?, Problem>

    init(_ content: Result<JSONValue?, Problem>) {
        self.content = content
    }

    /// Throws the problem.
    func json() throws -> JSONValue? { try content.get() }

    /// The text a field names something by; nil when there is none that could be a name.
    func name(_ field: String) -> String? {
        guard let name = member(field)?.stringValue, InputLimits.allow(name, upTo: InputLimits.text) else { return nil }
        return name
    }

    /// The names in a list.
    func names(_ field: String) -> [String] {
        (member(field)?.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// The number a field names something by.
    func number(_ field: String) -> Int64? {
        var reader = try? BodyReader(try? json())
        return (try? reader?.id(field)) ?? nil
    }

    private func member(_ field: String) -> JSONValue? {
        (try? content.get())??[field]
    }
}
