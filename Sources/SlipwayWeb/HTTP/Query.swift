import Foundation
import Hummingbird
import SlipwayDomain

/// The query of a request, of which each parameter must be one the endpoint takes, and stand there once.
enum Query {
    static func values(of request: Request, allowed endpoint: Endpoint) throws -> [String: String] {
        let known = Set(endpoint.parameters.filter { $0.place == .query }.map(\.name))
        var values: [String: String] = [:]
        for (name, value) in try pairs(of: request.uri.query ?? "") {
            guard known.contains(name) else {
                throw Problem.invalid("There is no query parameter \(name) here.", field: name)
            }
            guard InputLimits.allow(value, upTo: InputLimits.text) else {
                throw Problem.invalid(
                    "\(name) is text of up to \(InputLimits.text) characters without NUL.", field: name)
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem.invalid("The query parameter \(name) stands twice.", field: name)
            }
        }
        return values
    }

    /// What an HTML form sends, as an object of texts.
    static func form(_ text: String) throws(Problem) -> JSONValue {
        var fields: [String: JSONValue] = [:]
        for (name, value) in try pairs(of: text) { fields[name] = .string(value) }
        return .object(fields)
    }

    private static func pairs(of text: String) throws(Problem) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append((try decoded(parts[0]), try decoded(parts.count == 2 ? parts[1] : "")))
        }
        return pairs
    }

    private static func decoded(_ text: Substring) throws(Problem) -> String {
        guard let decoded = text.replacing("+", with: " ").removingPercentEncoding else {
            throw Problem.invalid("The query is not percent-encoded UTF-8: \(text).")
        }
        return decoded
    }
}
