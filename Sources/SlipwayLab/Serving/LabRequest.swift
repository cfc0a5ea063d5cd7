import SlipwayDomain

/// A request as a stood-in provider reads it.
package struct LabRequest: Sendable {
    package let method: String
    /// Where the lab was reached, without a slash at its end: `http://127.0.0.1:8090`.
    package let base: String
    /// The path's parts, decoded.
    package let path: [String]
    /// The query's fields by their names, decoded; of a field that comes twice the last.
    package let query: [String: String]
    /// By lower-case names.
    package let headers: [String: String]
    package let body: [UInt8]

    package init(
        method: String, base: String = "http://lab.test", path: [String], query: [String: String] = [:],
        headers: [String: String] = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.base = base
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The fields of a form; nil when the body is not one.
    var form: [String: String]? { Self.fields(String(decoding: body, as: UTF8.self)) }

    /// The body as JSON; nil when it is not.
    var json: JSONValue? { try? JSONValue(parsing: body) }

    /// What follows `Bearer ` in the Authorization header.
    var bearer: String? {
        guard let value = headers["authorization"], value.hasPrefix("Bearer ") else { return nil }
        return String(value.dropFirst(7))
    }

    /// `a=1&b=2` by names; nil when a part of it cannot be decoded.
    static func fields(_ text: some StringProtocol) -> [String: String]? {
        var fields: [String: String] = [:]
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Form.decoded(pair[0]), let value = Form.decoded(pair.count > 1 ? pair[1] : "") else {
                return nil
            }
            fields[name] = value
        }
        return fields
    }
}
