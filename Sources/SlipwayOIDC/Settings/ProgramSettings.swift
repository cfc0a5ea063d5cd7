package import SlipwayDomain

/// What a program on somebody's own machine has to know to sign that person in. Nothing of it is secret, and a value that
/// exists has been checked: it may have come from a server that only calls itself one.
package struct ProgramSettings: Sendable, Hashable {
    package let issuer: String
    /// The public client that such programs are at the provider; nil when there is none, and then they need a token.
    package let clientID: String?
    package let scopes: [String]
    /// What an access token must be made out for.
    package let audience: String

    init(
        issuer: String, clientID: String?, scopes: [String], audience: String
    ) throws(OIDCSettingsError) {
        guard ProviderURL.isAcceptable(issuer), !issuer.contains("?") else { throw .issuer }
        guard clientID?.isEmpty != true else { throw .empty("the id of the client of command lines") }
        guard !audience.isEmpty else { throw .empty("the API's audience") }
        guard scopes.allSatisfy(Self.isScope) else { throw .programScopes }
        self.issuer = issuer
        self.clientID = clientID
        self.scopes = scopes
        self.audience = audience
    }

    /// Reads what `json` writes; other members are left alone.
    package init(parsing json: JSONValue) throws(OIDCSettingsError) {
        try self.init(
            issuer: json["issuer"]?.stringValue ?? "", clientID: json["clientId"]?.stringValue,
            scopes: json["scopes"]?.arrayValue?.map { $0.stringValue ?? "" } ?? [],
            audience: json["audience"]?.stringValue ?? "")
    }

    package var json: [String: JSONValue] {
        [
            "issuer": .string(issuer), "clientId": clientID.map(JSONValue.string) ?? .null,
            "scopes": .array(scopes.map(JSONValue.string)), "audience": .string(audience),
        ]
    }

    static func isScope(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }
}
