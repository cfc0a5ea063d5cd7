/// Finds what looks like a secret, whoever's it is: by the words that stand before one, and by its own form.
enum SecretForms {
    /// In no particular order; they may overlap.
    static func spans(in bytes: [UInt8]) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        bytes.withUnsafeBufferPointer { text in
            var reader = FormReader(text)
            for index in text.indices {
                let span: Range<Int>? =
                    switch text[index] {
                    case UInt8(ascii: "b"), UInt8(ascii: "B"):
                        reader.scheme("bearer", at: index) ?? reader.scheme("basic", at: index)
                    case UInt8(ascii: "s"): reader.apiKey(at: index)
                    case UInt8(ascii: "e"): reader.token(at: index)
                    case UInt8(ascii: "-"): reader.privateKey(at: index)
                    case UInt8(ascii: "="), UInt8(ascii: ":"): reader.userinfo(at: index) ?? reader.value(behind: index)
                    default: nil
                    }
                if let span { spans.append(span) }
            }
        }
        return spans
    }

    /// Names that a secret is given under, in a query, a form, JSON or a header. In lower case, with hyphens as
    /// underscores.
    static let names: Set<String> = [
        "access_token", "api_key", "apikey", "assertion", "authorization", "client_assertion", "client_secret",
        "code_verifier", "cookie", "id_token", "ocp_apim_subscription_key", "passwd", "password", "private_key",
        "proxy_authorization", "pwd", "refresh_token", "secret", "session_token", "set_cookie", "signature",
        "subscription_key", "token", "x_api_key", "x_auth_token",
    ]

    /// Names that mean a secret in a query or form alone: elsewhere a code says what went wrong.
    static let queryNames: Set<String> = ["code", "key", "sig"]

    static let longestName = 32
}
