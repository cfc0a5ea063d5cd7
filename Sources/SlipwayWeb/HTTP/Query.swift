import Hummingbird

/// The query of a request, of which each parameter must be one the endpoint takes.
enum Query {
    static func values(of request: Request, allowed endpoint: Endpoint) throws -> [String: String] {
        let known = Set(endpoint.parameters.filter { $0.place == .query }.map(\.name))
        var values: [String: String] = [:]
        for (key, value) in request.uri.queryParameters {
            let name = String(key)
            guard known.contains(name) else {
                throw Problem.invalid("There is no query parameter \(name) here.", field: name)
            }
            guard values.updateValue(String(value), forKey: name) == nil else {
                throw Problem.invalid("The query parameter \(name) stands twice.", field: name)
            }
        }
        return values
    }
}
