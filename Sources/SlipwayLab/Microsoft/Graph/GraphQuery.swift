import SlipwayDomain

/// What a Graph request asks for in its query, as far as the lab knows it.
struct GraphQuery: Sendable {
    /// Nil for all properties.
    var select: [String]?
    var top: Int
    /// One comparison: a property and the text that it is to equal.
    var filter: (property: String, value: String)?
    var token: DeltaToken?

    /// The largest page Graph gives, and the one it gives when it is not asked for a size.
    static let largestPage = 999
    static let usualPage = 100

    private static let known: Set = ["$select", "$top", "$filter", "$skiptoken", "$deltatoken"]

    init(_ query: [String: String]) throws(GraphError) {
        if let unknown = query.keys.filter({ $0.hasPrefix("$") && !Self.known.contains($0) }).min() {
            throw .badRequest("Unsupported query option '\(unknown)'.")
        }
        token = try Self.token(query)
        select = token?.select ?? query["$select"].map { $0.split(separator: ",").map(String.init) }
        if let token { top = token.top } else { top = try Self.top(query["$top"]) }
        if let text = query["$filter"] { filter = try Self.filter(text) }
    }

    private static func top(_ text: String?) throws(GraphError) -> Int {
        guard let text else { return usualPage }
        guard let top = Int(text), (1...largestPage).contains(top) else {
            throw .badRequest("Invalid page size specified: '\(text)'. Must be between 1 and 999 inclusive.")
        }
        return top
    }

    private static func token(_ query: [String: String]) throws(GraphError) -> DeltaToken? {
        guard let text = query["$skiptoken"] ?? query["$deltatoken"] else { return nil }
        guard let token = DeltaToken(text) else { throw .badRequest("The token is not one of ours.") }
        return token
    }

    /// `property eq 'value'`, with a quote in the value doubled.
    private static func filter(_ text: String) throws(GraphError) -> (String, String) {
        guard let range = text.firstRange(of: " eq '"), text.hasSuffix("'"), range.upperBound < text.endIndex else {
            throw .badRequest("Invalid filter clause: '\(text)'.")
        }
        let value = text[range.upperBound...].dropLast().replacing("''", with: "'")
        return (String(text[..<range.lowerBound]), String(value))
    }
}
