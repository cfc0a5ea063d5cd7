extension Credential {
    /// What is sealed: the fields by the names the data model gives them, as JSON.
    var payload: SecretBytes {
        var fields: [String: JSONValue] = [:]
        switch self {
        case .clientSecret(let clientID, let secret, let directory):
            fields = ["client_id": .string(clientID), "client_secret": .string(secret.revealedText())]
            if let directory { fields["tenant_id"] = .string(directory) }
        case .certificate(let clientID, let certificate, let privateKey):
            fields = [
                "client_id": .string(clientID), "certificate": .string(certificate),
                "private_key": .string(privateKey.revealedText()),
            ]
        case .apiKey(let key):
            fields = ["api_key": .string(key.revealedText())]
        case .basic(let name, let password):
            fields = ["name": .string(name), "password": .string(password.revealedText())]
        }
        return SecretBytes((try? JSONValue.object(fields).canonicalBytes) ?? [])
    }

    /// Nil for what is not a payload of that kind.
    init?(_ kind: CredentialKind, payload: SecretBytes) {
        guard let fields = payload.reveal({ try? JSONValue(parsing: Array($0)) }) else { return nil }
        func text(_ name: String) -> String? { fields[name]?.stringValue }
        switch kind {
        case .clientSecret:
            guard let clientID = text("client_id"), let secret = text("client_secret") else { return nil }
            self = .clientSecret(clientID: clientID, secret: SecretBytes(secret), directory: text("tenant_id"))
        case .certificate:
            guard let clientID = text("client_id"), let certificate = text("certificate"), let key = text("private_key")
            else { return nil }
            self = .certificate(clientID: clientID, certificate: certificate, privateKey: SecretBytes(key))
        case .apiKey:
            guard let key = text("api_key") else { return nil }
            self = .apiKey(SecretBytes(key))
        case .basic:
            guard let name = text("name"), let password = text("password") else { return nil }
            self = .basic(name: name, password: SecretBytes(password))
        }
    }
}
