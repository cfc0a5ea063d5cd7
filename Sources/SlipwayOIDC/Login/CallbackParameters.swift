import SlipwayDomain

/// What the browser brings back from the provider: names and values, each name once.
package struct CallbackParameters: Sendable {
    private static let sizeLimit = 16 * 1024
    private let values: [String: String]

    package init(_ values: [String: String]) {
        self.values = values
    }

    /// Reads the query of the address, without its question mark. A name that stands there twice could be read as
    /// either, so that it is refused.
    package init(query: String) throws(LoginRefusal) {
        guard query.utf8.count <= Self.sizeLimit else { throw .malformedCallback }
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Form.decoded(parts[0]), let value = Form.decoded(parts.count == 2 ? parts[1] : "") else {
                throw .malformedCallback
            }
            guard values.updateValue(value, forKey: name) == nil else { throw .malformedCallback }
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }
}
