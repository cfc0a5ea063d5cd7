/// The entity tags of an If-Match or If-None-Match header, as RFC 9110 has them: a list may be empty, and then nothing
/// matches it.
struct ETagList {
    private enum Content {
        case any
        case tags([(isWeak: Bool, opaque: Substring)])
    }

    private let content: Content

    /// Nil when the header is not there; throws a problem that names it when it cannot be read.
    init?(_ value: String?, in header: String) throws {
        guard let value else { return nil }
        var rest = value[...].drop { $0 == " " }
        if rest.first == "*", rest.dropFirst().allSatisfy({ $0 == " " }) {
            content = .any
            return
        }
        rest = rest.drop { $0 == " " || $0 == "," }
        var tags: [(isWeak: Bool, opaque: Substring)] = []
        while !rest.isEmpty {
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
                throw Problem.invalid("\(header) is an ETag as it was sent, with its quotes, or *.", field: header)
            }
            tags.append((isWeak, rest[...end]))
            rest = rest[end...].dropFirst().drop { $0 == " " || $0 == "," }
        }
        content = .tags(tags)
    }

    func matches(_ tag: String, weakly: Bool) -> Bool {
        switch content {
        case .any: true
        case .tags(let tags): tags.contains { $0.opaque == tag && (weakly || !$0.isWeak) }
        }
    }

    /// The numbers before the first dash of strong tags; nil when any will do.
    var versions: Set<Int64>? {
        switch content {
        case .any: nil
        case .tags(let tags):
            Set(
                tags.compactMap { tag in
                    let parts = tag.opaque.dropFirst().dropLast().split(separator: "-")
                    guard !tag.isWeak, parts.count == 2, let number = Int64(parts[0]), Int64(parts[1]) != nil else {
                        return nil
                    }
                    return number
                })
        }
    }
}
