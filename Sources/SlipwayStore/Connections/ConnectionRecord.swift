package import SlipwayDomain
import SlipwaySQL

/// A provider connection as its row has it. Its credential is not in it, only what may be known of it.
package struct ConnectionRecord: Sendable {
    package let id: ID<ProviderConnection>
    package let tenant: ID<Tenant>
    package let tenantName: String
    package let provider: String
    package let directory: String
    package let label: String
    package let isDefault: Bool
    package let status: ConnectionStatus
    package let mode: ProviderMode
    /// What this connection brings of its own to the addresses in the catalogue.
    package let endpoints: [String: String]
    package let health: ConnectionHealth
    package let consent: ConsentStatus
    package let scopesGranted: [String]
    package let reason: ReasonCode?
    package let message: String?
    package let certificate: String?
    package let credential: CredentialSummary?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
}

/// What may be known of a credential.
package struct CredentialSummary: Hashable, Sendable {
    package let kind: CredentialKind
    package let version: Int64
    /// A keyed digest: tells whether two are the same, and nothing else.
    package let fingerprint: String
    package let expiresAt: Timestamp?
    package let keyVersion: Int64
}

extension ConnectionRecord {
    static let columns: SQL = """
        c.id, c.tenant_id, t.name AS tenant_name, c.provider, c.entra_tenant_id, c.display_name, c.is_default, c.status,
        c.mode, c.endpoints, c.health_status, c.last_health_check_at, c.consent_status, c.scopes_granted,
        c.last_error_reason_code, c.last_error_message, c.certificate, c.created_at, c.updated_at,
        k.type AS credential_type, k.version, k.fingerprint, k.expires_at, k.key_version
        """

    init(_ row: Row) throws {
        let credential: CredentialSummary? =
            if let kind: CredentialKind = try row.stateIfAny("credential_type") {
                CredentialSummary(
                    kind: kind, version: try row.integer("version"), fingerprint: try row.text("fingerprint"),
                    expiresAt: try row.momentIfAny("expires_at"), keyVersion: try row.integer("key_version"))
            } else {
                nil
            }
        self.init(
            id: try row.id("id"), tenant: try row.id("tenant_id"), tenantName: try row.text("tenant_name"),
            provider: try row.text("provider"), directory: try row.text("entra_tenant_id"),
            label: try row.text("display_name"), isDefault: try row.integer("is_default") == 1,
            status: try row.state("status"), mode: try row.state("mode"),
            endpoints: try row.json("endpoints").objectValue?.compactMapValues(\.stringValue) ?? [:],
            health: ConnectionHealth(
                status: try row.state("health_status"), checkedAt: try row.momentIfAny("last_health_check_at")),
            consent: try row.state("consent_status"),
            scopesGranted: try row.json("scopes_granted").arrayValue?.compactMap(\.stringValue) ?? [],
            reason: try row.stateIfAny("last_error_reason_code"), message: try row.textIfAny("last_error_message"),
            certificate: try row.textIfAny("certificate"), credential: credential,
            createdAt: try row.moment("created_at"), updatedAt: try row.moment("updated_at"))
    }
}
