package import SlipwayDomain

/// One route: what it takes and answers, in words that its documentation is made of, and what it does.
package struct Endpoint: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
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

    /// What it takes to be answered. Who is not entitled to what the path names is always answered as if it were not
    /// there.
    package enum Requirement: Hashable, Sendable {
        /// No actor: there is nothing of anybody's in the answer.
        case anyone
        /// A member, who is shown what they are entitled to.
        case member
        case capability(Capability)
        /// A member who is entitled to all of the workspace: what is asked for is no tenant's.
        case workspace
        /// Such a member who owes the decision, or signs in the owner's place.
        case decision
        /// The capability of the operation that is started.
        case operation
        /// The capability by which the collection that is asked for is read or written.
        case collection
    }

    package let method: Method
    /// With names in braces: `/api/v1/runs/{run}`.
    package let path: String
    package let name: String
    let summary: String
    package let access: Requirement
    var parameters: [Parameter] = []
    /// The schema of the body; nil when it takes none.
    var body: JSONValue?
    var isBodyRequired = false
    /// Bytes of a body.
    var longestBody = 1 << 20
    /// Whether the body is what an HTML form sends.
    var takesForm = false
    /// Whether the query is somebody else's to write, and read as a whole.
    var takesAnyQuery = false
    let answers: [Answer]
    let handle: @Sendable (Exchange) async throws -> Reply

    var needsActor: Bool { access != .anyone }
}
