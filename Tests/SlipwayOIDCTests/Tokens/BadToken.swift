import SlipwayDomain
import Testing

@testable import SlipwayOIDC

/// A token that must be refused, and for which reason.
struct BadToken: Sendable, CustomTestStringConvertible {
    enum Use: Sendable { case idToken, accessToken }

    let name: String
    let use: Use
    let refusal: TokenRefusal
    let make: @Sendable () throws -> String

    var testDescription: String { name }

    init(_ name: String, _ refusal: TokenRefusal, as use: Use = .idToken, make: @escaping @Sendable () throws -> String)
    {
        self.name = name
        self.use = use
        self.refusal = refusal
        self.make = make
    }

    /// A good ID token but for these claims; nil takes one away.
    static func id(_ name: String, _ refusal: TokenRefusal, _ claims: [String: JSONValue?]) -> BadToken {
        BadToken(name, refusal) { try Forge.token(changed(Forge.idClaims, claims)) }
    }

    /// A good access token but for these claims.
    static func access(_ name: String, _ refusal: TokenRefusal, _ claims: [String: JSONValue?]) -> BadToken {
        BadToken(name, refusal, as: .accessToken) { try Forge.token(changed(Forge.accessClaims, claims)) }
    }

    /// A good ID token but for these members of its header.
    static func header(_ name: String, _ refusal: TokenRefusal, _ members: [String: JSONValue?]) -> BadToken {
        BadToken(name, refusal) { try Forge.token(header: changed(Forge.header(), members)) }
    }

    static func changed(_ members: [String: JSONValue], _ changes: [String: JSONValue?]) -> [String: JSONValue] {
        var members = members
        for (name, value) in changes { members[name] = value }
        return members
    }

    static let all = algorithms + keys + forms + headers + people + times + kinds + accessTokens
}
