/// What a tenant carried before there were provider connections.
package struct LegacyFields: Sendable {
    package let tenant: ID<Tenant>
    package let name: String
    /// The tenant's directory at the provider.
    package let directory: String?
    package let clientID: String?
    /// Encrypted by the application that wrote it.
    package let clientSecret: String?
    package let certificateThumbprint: String?
    package let notes: String?

    package init(
        tenant: ID<Tenant>, name: String, directory: String?, clientID: String?, clientSecret: String?,
        certificateThumbprint: String?, notes: String?
    ) {
        self.tenant = tenant
        self.name = name
        self.directory = directory
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.certificateThumbprint = certificateThumbprint
        self.notes = notes
    }
}

/// Why a tenant's old credential cannot become a connection's.
package enum LegacyObstacle: String, CaseIterable, Sendable {
    case noDirectory = "no_directory"
    case noClientID = "no_client_id"
    case noSecret = "no_secret"
    case certificateWithoutKey = "certificate_without_key"
    case secretDoesNotOpen = "secret_does_not_open"
    case otherCredential = "other_credential"
    case notesAlone = "notes_alone"

    package var sentence: String {
        switch self {
        case .noDirectory: "The tenant has no directory id: give it one, then adopt again."
        case .noClientID: "There is a secret and no client id: add the connection by hand."
        case .noSecret: "There is a client id and no secret: add the connection by hand."
        case .certificateWithoutKey:
            "There is a certificate's thumbprint and no key: set a certificate with `slipway connection rotate`."
        case .secretDoesNotOpen: "The secret does not open with the application's key: it is another key's, or damaged."
        case .otherCredential:
            "The tenant's connection has another credential: see which is right, and clear the other."
        case .notesAlone: "There are notes and nothing to connect with: clear them when they are read."
        }
    }

    package var reason: ReasonCode {
        switch self {
        case .noDirectory: .targetMismatch
        case .noClientID, .noSecret, .certificateWithoutKey, .notesAlone: .credentialMissing
        case .secretDoesNotOpen: .credentialInvalid
        case .otherCredential: .targetOccupied
        }
    }
}

/// What is to be done about a tenant's old fields.
package enum LegacyStep: Sendable {
    /// There are none.
    case nothing
    /// The connection has the same credential: only the old fields are left to clear.
    case clear
    /// They are written over already, and not taken away: an earlier run was stopped between the two.
    case drop
    case adopt(directory: String, Credential)
    case leave(LegacyObstacle)

    /// `secret` is nil where the field is there and does not open; `existing` is the credential of the tenant's
    /// connection to its directory.
    package init(_ fields: LegacyFields, secret: SecretBytes?, existing: Credential?) {
        guard fields.isPresent else {
            self = .nothing
            return
        }
        guard !fields.isOverwritten else {
            self = .drop
            return
        }
        guard fields.clientID != nil || fields.clientSecret != nil || fields.certificateThumbprint != nil else {
            self = .leave(.notesAlone)
            return
        }
        guard let directory = fields.directory else {
            self = .leave(.noDirectory)
            return
        }
        guard let clientID = fields.clientID else {
            self = .leave(.noClientID)
            return
        }
        guard fields.clientSecret != nil else {
            self = .leave(fields.certificateThumbprint == nil ? .noSecret : .certificateWithoutKey)
            return
        }
        guard let secret else {
            self = .leave(.secretDoesNotOpen)
            return
        }
        guard let existing else {
            self = .adopt(directory: directory, .clientSecret(clientID: clientID, secret: secret))
            return
        }
        self = existing.isClient(clientID, secret) ? .clear : .leave(.otherCredential)
    }
}

extension LegacyFields {
    /// The same lengths with nothing in them; what is under an encryption never looks so.
    package var overwritten: LegacyFields {
        func blank(_ text: String?) -> String? { text.map { String(repeating: "x", count: $0.utf8.count) } }
        return LegacyFields(
            tenant: tenant, name: name, directory: directory, clientID: blank(clientID),
            clientSecret: blank(clientSecret), certificateThumbprint: blank(certificateThumbprint), notes: blank(notes))
    }

    fileprivate var isOverwritten: Bool {
        clientSecret.map { secret in !secret.isEmpty && secret.utf8.allSatisfy { $0 == UInt8(ascii: "x") } } ?? false
    }

    package var isPresent: Bool {
        [clientID, clientSecret, certificateThumbprint, notes].contains { $0 != nil }
    }
}

extension Credential {
    fileprivate func isClient(_ id: String, _ secret: SecretBytes) -> Bool {
        guard case .clientSecret(id, let own, _) = self else { return false }
        return own.matches(secret)
    }
}
