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
