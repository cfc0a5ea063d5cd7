import SlipwayDomain
import SlipwayOperations

/// A request as an endpoint sees it: routed, its actor known, its body read.
package struct Exchange: Sendable {
    /// The values of the path's names.
    let path: [String: String]
    let query: [String: String]
    /// By lower-case name.
    let headers: [String: String]
    /// Nil when the request has none.
    let body: JSONValue?
    let context: OperationContext

    func id<Entity>(_ name: String, orThrow error: (String) -> NotFound) throws -> ID<Entity> {
        let text = path[name] ?? ""
        guard let id = ID<Entity>(text: text) else { throw error(text) }
        return id
    }
}
