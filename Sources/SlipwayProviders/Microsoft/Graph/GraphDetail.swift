import SlipwayDomain

/// What may be shown of a refusal: the status, Graph's own code for it, and the request's number for Microsoft's
/// support. Its message is left out, because it may repeat what was sent; so may the others, and then they are redacted.
enum GraphDetail {
    static func text(_ response: ProviderResponse, through access: ConnectionAccess) -> String {
        let code = (try? JSONValue(parsing: response.body))?["error"]?["code"]?.stringValue
        let parts = [
            String(response.status), plain(code), plain(response.header("request-id")).map { "request-id \($0)" },
        ]
        return Redactor([access.credential.secret]).excerpt(parts.compactMap(\.self).joined(separator: " "))
    }

    /// Nil for a text that is not a short name or number.
    private static func plain(_ text: String?) -> String? {
        guard let text, !text.isEmpty, text.utf8.count <= 64 else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain ? text : nil
    }
}
