/// Chooses between a page and a structured answer, by the request's Accept header.
enum Negotiation {
    enum Choice: Sendable {
        case html
        case structured
    }

    /// The type with the greatest weight of those there are; the structured one when nothing was asked for or both
    /// weigh the same without being named. Nil when neither is accepted.
    static func choice(accept: String?, vendor: String) -> Choice? {
        guard let accept, !accept.isEmpty else { return .structured }
        let ranges = accept.split(separator: ",").map(Range.init)
        let html = weight(of: "text/html", ranges)
        let structured = max(weight(of: vendor, ranges), weight(of: "application/json", ranges))
        if html.weight <= 0, structured.weight <= 0 { return nil }
        if html.weight == structured.weight { return html.isNamed && !structured.isNamed ? .html : .structured }
        return html.weight > structured.weight ? .html : .structured
    }

    /// The type with the greatest weight of several, and of those that weigh the same the first; the first of all when
    /// nothing was asked for. Nil when none is accepted.
    static func type(among types: [String], accept: String?) -> String? {
        guard let accept, !accept.isEmpty else { return types.first }
        let ranges = accept.split(separator: ",").map(Range.init)
        let weights = types.map { (type: $0, weight: weight(of: $0, ranges).weight) }.filter { $0.weight > 0 }
        return weights.first { candidate in weights.allSatisfy { $0.weight <= candidate.weight } }?.type
    }

    private struct Range {
        let type: String
        let weight: Double

        init(_ text: Substring) {
            let parts = text.split(separator: ";").map { $0.lowercased().filter { !$0.isWhitespace } }
            type = parts.first ?? ""
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            weight = quality.flatMap { Double($0) }.map { $0.isFinite ? min(max($0, 0), 1) : 0 } ?? 1
        }
    }

    private struct Weight: Comparable {
        let weight: Double
        let isNamed: Bool

        static func < (left: Weight, right: Weight) -> Bool { left.weight < right.weight }
    }

    /// The weight the closest range gives the type.
    private static func weight(of type: String, _ ranges: [Range]) -> Weight {
        let group = type.prefix { $0 != "/" } + "/*"
        if let exact = ranges.first(where: { $0.type == type }) { return Weight(weight: exact.weight, isNamed: true) }
        if let near = ranges.first(where: { $0.type == group }) { return Weight(weight: near.weight, isNamed: false) }
        return Weight(weight: ranges.first { $0.type == "*/*" }?.weight ?? 0, isNamed: false)
    }
}
