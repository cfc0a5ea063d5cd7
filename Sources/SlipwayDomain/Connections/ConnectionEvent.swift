/// Something that happened to a connection: its history, which is never changed.
package struct ConnectionEvent: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case added
        case adopted
        case madeDefault = "made_default"
        case disabled
        case enabled
        case credentialSet = "credential_set"
        case credentialRestored = "credential_restored"
        case checked
    }

    package let kind: Kind
    /// One line for people; nothing secret.
    package let detail: String
    package let actor: String
    package let at: Timestamp

    package init(kind: Kind, detail: String, actor: String, at: Timestamp) {
        self.kind = kind
        self.detail = detail
        self.actor = actor
        self.at = at
    }
}
