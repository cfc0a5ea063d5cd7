import Foundation
import SlipwayDomain
import SlipwayOIDC
import SlipwayYAML

/// How people and programs sign in, as a person writes it down.
///
///     issuer: https://login.example.com/realms/main
///     clientId: slipway
///     clientSecretFile: client.secret
///     redirectUri: https://slipway.example.com/auth/callback
///     apiAudience: slipway-api
///     scopes: [openid, profile, groups]
///     roles:
///       claim: groups
///       map: {slipway-admins: owner, slipway-operators: operator}
///     tenants:
///       claim: tenants
///       all: every-tenant
///     cliClientId: slipway-cli
///     cliScopes: [openid, offline_access]
struct AuthFile {
    let path: String

    /// Throws `DocumentError` with line and name for what cannot be obeyed.
    func settings() throws -> OIDCSettings {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure(status: .unreachable, description: "\(path) cannot be read as UTF-8 text")
        }
        let root = try YAMLNode(parsing: text, document: path)
        let map = try root.map([
            "issuer", "clientId", "clientSecretFile", "redirectUri", "apiAudience", "scopes", "roles", "tenants",
            "cliClientId", "cliScopes",
        ])
        do {
            return try OIDCSettings(
                issuer: try map.required("issuer").text(), clientID: try map.required("clientId").text(),
                clientSecret: try map.optional("clientSecretFile").map { Secret(try secret(in: $0.text())) },
                redirectURI: try map.required("redirectUri").text(),
                apiAudience: try map.required("apiAudience").text(),
                scopes: try map.optional("scopes")?.texts() ?? ["openid", "profile"],
                mapping: try mapping(map.required("roles"), map.required("tenants")),
                cliClientID: try map.optional("cliClientId")?.text(),
                cliScopes: try map.optional("cliScopes")?.texts())
        } catch let error as OIDCSettingsError {
            throw root.error("\(error)")
        }
    }

    private func mapping(_ roles: YAMLNode, _ tenants: YAMLNode) throws -> ClaimMapping {
        let (roles, tenants) = (try roles.map(["claim", "map"]), try tenants.map(["claim", "all"]))
        let rows = try roles.required("map").entries().map { value, node in
            let name = try node.text()
            guard Role.named(name) != nil else { throw node.error("is no role; there are \(Role.names)") }
            return ClaimMapping.Role(value: value, name: name)
        }
        return ClaimMapping(
            rolesClaim: try roles.required("claim").text(), roles: rows,
            tenantsClaim: try tenants.required("claim").text(),
            allTenantsValue: try tenants.optional("all")?.text())
    }

    /// The file's text, from beside the settings when its path is relative.
    private func secret(in name: String) throws -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let file = URL(fileURLWithPath: name, relativeTo: folder)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw CommandFailure(
                status: .unreachable, description: "\(name) cannot be read: it holds the client's secret")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
