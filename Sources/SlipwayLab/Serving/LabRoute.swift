/// One address of a stood-in provider: `v1.0/groups/{id}`.
struct LabRoute: Sendable {
    let method: String
    let pattern: String
    let handle: @Sendable (LabRequest, [String: String]) async -> LabAnswer

    init(
        _ method: String, _ pattern: String,
        _ handle: @escaping @Sendable (LabRequest, [String: String]) async -> LabAnswer
    ) {
        self.method = method
        self.pattern = pattern
        self.handle = handle
    }

    /// What stands for the names between braces; nil when the path is another one.
    static func values(of pattern: String, in path: some Collection<String>) -> [String: String]? {
        let parts = pattern.split(separator: "/")
        guard path.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, value) in zip(parts, path) {
            if part.hasPrefix("{") {
                values[String(part.dropFirst().dropLast())] = value
            } else if part != value {
                return nil
            }
        }
        return values
    }
}

extension [LabRoute] {
    /// The answer of the route that takes the request; nil when there is none.
    func answer(to request: LabRequest, at path: some Collection<String>) async -> LabAnswer? {
        for route in self where route.method == request.method {
            if let values = LabRoute.values(of: route.pattern, in: path) { return await route.handle(request, values) }
        }
        return nil
    }
}
