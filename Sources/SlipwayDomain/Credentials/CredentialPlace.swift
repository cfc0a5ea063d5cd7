/// Where a sealed credential belongs. It opens there and nowhere else: a payload moved to another row, tenant, version
/// or kind stays shut.
package struct CredentialPlace: Hashable, Sendable {
    package let workspace: ID<Workspace>
    package let tenant: ID<Tenant>
    package let provider: String
    package let connection: ID<ProviderConnection>
    package let version: Int64
    package let kind: CredentialKind

    package init(
        workspace: ID<Workspace>, tenant: ID<Tenant>, provider: String, connection: ID<ProviderConnection>,
        version: Int64, kind: CredentialKind
    ) {
        self.workspace = workspace
        self.tenant = tenant
        self.provider = provider
        self.connection = connection
        self.version = version
        self.kind = kind
    }

    /// What is authenticated with the payload: every part with its length before it, so that no two places make the same
    /// bytes. None of it ever changes for a credential.
    package var authenticated: [UInt8] {
        let parts = [
            "slipway.cred.v1", workspace.description, tenant.description, provider, connection.description,
            String(version), kind.rawValue,
        ]
        return parts.flatMap { part -> [UInt8] in
            let bytes = Array(part.utf8)
            return UInt32(bytes.count).bigEndianBytes + bytes
        }
    }
}

extension FixedWidthInteger {
    /// Most significant byte first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian, Array.init) }
}
