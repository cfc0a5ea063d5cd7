import SlipwayDomain

/// One route: what it takes and answers, in words that its documentation is made of, and what it does.
package struct Endpoint: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    struct Parameter: Sendable {
        enum Place: String, Sendable {
            case path
            case query
            case header
        }

        let name: String
        let place: Place
        let schema: JSONValue
        let text: String
    }

    struct Answer: Sendable {
        let status: Int
        let text: String
        /// By media type: the schema of the body.
        let content: [String: JSONValue]

        init(_ status: Int, _ text: String, _ content: [String: JSONValue] = [:]) {
            self.status = status
            self.text = text
            self.content = content
        }
    }

    let method: Method
    /// With names in braces: `/api/v1/runs/{run}`.
    let path: String
    let name: String
    let summary: String
    /// What an actor must be able to do; nil for what everyone may.
    let capability: String?
    var needsActor = true
    var parameters: [Parameter] = []
    /// The schema of the body; nil when it takes none.
    var body: JSONValue?
    var isBodyRequired = false
    let answers: [Answer]
    let handle: @Sendable (Exchange) async throws -> Reply
}
