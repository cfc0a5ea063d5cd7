import SlipwayDomain
import Synchronization

/// Access tokens, in memory alone, by the connection they are for.
final class TokenCache: Sendable {
    private struct Entry {
        let token: SecretBytes
        let end: Timestamp
        /// What the token was got with: another credential does not get it.
        let credential: Credential
    }

    /// A token is not used in its last two minutes.
    private static let margin: Int64 = 120_000_000

    private let entries = Mutex<[ID<ProviderConnection>: Entry]>([:])

    /// The token there is; nil when it is too old, or was got with another credential.
    func token(for access: ConnectionAccess, at now: Timestamp) -> SecretBytes? {
        entries.withLock { entries in
            guard let entry = entries[access.connection], entry.credential.isSame(as: access.credential),
                entry.end.microseconds - Self.margin > now.microseconds
            else { return nil }
            return entry.token
        }
    }

    func keep(_ answer: TokenAnswer, for access: ConnectionAccess, at now: Timestamp) {
        let end = Timestamp(microseconds: now.microseconds + answer.seconds * 1_000_000)
        let entry = Entry(token: answer.token, end: end, credential: access.credential)
        entries.withLock { $0[access.connection] = entry }
    }

    /// Forgets a token that was refused, unless another took its place meanwhile.
    func forget(_ token: SecretBytes, of connection: ID<ProviderConnection>) {
        entries.withLock { entries in
            if let entry = entries[connection], entry.token.matches(token) { entries[connection] = nil }
        }
    }
}

extension Credential {
    fileprivate func isSame(as other: Credential) -> Bool {
        switch (self, other) {
        case (.clientSecret(let client, let secret, _), .clientSecret(let otherClient, let otherSecret, _)):
            client == otherClient && secret.matches(otherSecret)
        case (.certificate(let client, let certificate, let key), .certificate(let otherClient, let pem, let otherKey)):
            client == otherClient && certificate == pem && key.matches(otherKey)
        default: false
        }
    }
}
