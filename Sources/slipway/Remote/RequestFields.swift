import Foundation
import SlipwayDomain

/// Fields that a person gives one by one: `name=value` is text, and `name:=value` is JSON.
struct RequestFields {
    private struct Field {
        let name: String
        let value: JSONValue
    }

    private let fields: [Field]

    var isEmpty: Bool { fields.isEmpty }

    /// Throws for what is neither, and for a name that is given twice.
    init(_ texts: [String]) throws(CommandFailure) {
        var fields: [Field] = []
        for text in texts {
            let field = try Self.field(text)
            guard !fields.contains(where: { $0.name == field.name }) else {
                throw CommandFailure(status: .usage, description: "\(field.name) is given twice")
            }
            fields.append(field)
        }
        self.fields = fields
    }

    /// As a JSON object.
    var body: [UInt8] {
        let members = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        return (try? JSONValue.object(members).canonicalBytes) ?? []
    }

    /// As a query, which is text alone.
    func query() throws(CommandFailure) -> String {
        var pairs: [String] = []
        for field in fields {
            guard let value = field.value.stringValue else {
                throw CommandFailure(
                    status: .usage, description: "\(field.name) goes into the address: write it with =")
            }
            pairs.append("\(Self.encoded(field.name))=\(Self.encoded(value))")
        }
        return pairs.joined(separator: "&")
    }

    private static func field(_ text: String) throws(CommandFailure) -> Field {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw CommandFailure(status: .usage, description: "--field is NAME=VALUE or NAME:=JSON, not \(text)")
        }
        let (name, value) = (text[..<equals], String(text[text.index(after: equals)...]))
        guard name.hasSuffix(":"), name.count > 1 else { return Field(name: String(name), value: .string(value)) }
        guard let json = try? JSONValue(parsing: Array(value.utf8)) else {
            throw CommandFailure(
                status: .usage, description: "\(value) is not JSON: after := stands a number, true, [] or {}")
        }
        return Field(name: String(name.dropLast()), value: json)
    }

    private static let plain = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
