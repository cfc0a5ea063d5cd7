import SlipwayDomain

extension Endpoint.Parameter {
    static func path(_ name: String, _ schema: JSONValue, _ text: String) -> Self {
        Self(name: name, place: .path, schema: schema, text: text)
    }

    static func query(_ name: String, _ schema: JSONValue, _ text: String) -> Self {
        Self(name: name, place: .query, schema: schema, text: text)
    }

    static let idempotencyKey = header(
        "Idempotency-Key", ["type": "string", "pattern": "^[!-~]{1,255}$"],
        "Your name for this start: asking again under it is answered as the first time.")

    static func header(_ name: String, _ schema: JSONValue, _ text: String) -> Self {
        Self(name: name, place: .header, schema: schema, text: text)
    }
}

extension Endpoint.Answer {
    static func json(_ status: Int, _ text: String, _ schema: String) -> Self {
        Self(status, text, ["application/json": Schemas.reference(schema)])
    }

    static func ok(_ schema: String) -> Self { .json(200, "Done.", schema) }

    static func problem(_ status: Int, _ text: String) -> Self {
        Self(status, text, ["application/problem+json": Schemas.reference("Problem")])
    }

    /// What any route may answer besides its own.
    static func common(to endpoint: Endpoint) -> [Self] {
        var answers = [
            problem(400, "The request cannot be read; the detail says where."),
            problem(500, "A fault of the server's; its log has the request's id."),
            problem(503, "The database cannot take this now; nothing was changed."),
        ]
        if endpoint.needsActor {
            answers += [problem(401, "No actor."), problem(421, "Not by this name.")]
        }
        switch endpoint.access {
        case .anyone, .member, .workspace: break
        case .decision: answers.append(problem(403, "The actor sees this and may not decide it; the owner is named."))
        case .capability, .operation, .collection:
            answers.append(problem(403, "The actor sees this and may not do it; the capability is named."))
        }
        if endpoint.body != nil {
            answers += [problem(413, "The body is too large."), problem(415, "The body is not sent as JSON.")]
        }
        return answers
    }

    static let notFound = problem(404, "Not there, or not yours to see.")
}

extension Endpoint.Requirement {
    /// As the document and the table of routes have it.
    package var words: String {
        switch self {
        case .anyone: "anyone"
        case .member: "member"
        case .capability(let capability): capability.rawValue
        case .workspace: "member of the whole workspace"
        case .decision: "whoever owes the decision"
        case .operation: "the operation's capability"
        case .collection: "the collection's capability"
        }
    }
}
