import SlipwayDomain

extension Endpoint.Parameter {
    static func path(_ name: String, _ schema: JSONValue, _ text: String) -> Self {
        Self(name: name, place: .path, schema: schema, text: text)
    }

    static func query(_ name: String, _ schema: JSONValue, _ text: String) -> Self {
        Self(name: name, place: .query, schema: schema, text: text)
    }

    static func header(_ name: String, _ text: String) -> Self {
        Self(name: name, place: .header, schema: Schemas.text, text: text)
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

    static let badRequest = problem(400, "The request cannot be read; the detail says where.")
    static let unauthenticated = problem(401, "No actor.")
    static let notFound = problem(404, "Not there, or not yours to see.")
}
