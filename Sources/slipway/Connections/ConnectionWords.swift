import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// Says of connections what a person or a program wants to know; nothing in it is secret.
struct ConnectionWords {
    private let catalogue: ProviderCatalogue
    private let now: Timestamp

    init(_ catalogue: ProviderCatalogue, at now: Timestamp) {
        self.catalogue = catalogue
        self.now = now
    }

    func line(_ connection: ConnectionRecord) -> String {
        let mark = connection.isDefault ? "*" : " "
        let local = connection.mode == .local ? "  (local)" : ""
        return
            "\(connection.id) \(mark) \(Figures.padded(connection.tenantName, 18)) \(Figures.padded(connection.provider, 12)) \(Figures.padded(connection.status.rawValue, 14)) \(Figures.padded(health(connection), 22)) \(credential(connection))\(local)"
    }

    func lines(_ connection: ConnectionRecord) -> [String] {
        var lines = [
            line(connection), "label        \(connection.label)", "directory    \(connection.directory)",
            "consent      \(connection.consent.rawValue)",
        ]
        let drift = drift(connection)
        if !connection.scopesGranted.isEmpty {
            lines.append("granted      \(connection.scopesGranted.joined(separator: ", "))")
        }
        if !drift.missing.isEmpty { lines.append("not granted  \(drift.missing.joined(separator: ", "))") }
        if !drift.excess.isEmpty { lines.append("not needed   \(drift.excess.joined(separator: ", "))") }
        if let reason = connection.reason { lines.append("reason       \(reason.rawValue): \(reason.sentence)") }
        if let message = connection.message { lines.append("said         \(message)") }
        if let certificate = connection.certificate { lines.append("certificate  sha256 \(certificate)") }
        return lines
    }

    func line(_ event: ConnectionEvent) -> String {
        "\(event.at.rfc3339)  \(Figures.padded(event.kind.rawValue, 20)) \(event.actor)  \(event.detail)"
    }

    func json(_ connection: ConnectionRecord) -> JSONValue {
        let drift = drift(connection)
        return [
            "id": .integer(connection.id.number), "tenant": .string(connection.tenantName),
            "provider": .string(connection.provider), "directory": .string(connection.directory),
            "label": .string(connection.label), "isDefault": .bool(connection.isDefault),
            "mode": .string(connection.mode.rawValue), "status": .string(connection.status.rawValue),
            "health": .string(health(connection)), "consent": .string(connection.consent.rawValue),
            "checkedAt": connection.health.checkedAt.map { .string($0.rfc3339) } ?? .null,
            "scopesGranted": .array(connection.scopesGranted.map(JSONValue.string)),
            "scopesMissing": .array(drift.missing.map(JSONValue.string)),
            "reason": connection.reason.map { .string($0.rawValue) } ?? .null,
            "message": connection.message.map(JSONValue.string) ?? .null,
            "credential": connection.credential.map(json) ?? .null,
        ]
    }

    private func json(_ credential: CredentialSummary) -> JSONValue {
        [
            "kind": .string(credential.kind.rawValue), "version": .integer(credential.version),
            "fingerprint": .string(credential.fingerprint),
            "expiresAt": credential.expiresAt.map { .string($0.rfc3339) } ?? .null,
        ]
    }

    private func drift(_ connection: ConnectionRecord) -> ScopeDrift {
        guard connection.health.checkedAt != nil else { return ScopeDrift(requested: [], granted: []) }
        return ScopeDrift(
            requested: catalogue[connection.provider]?.scopes ?? [], granted: connection.scopesGranted)
    }

    private func health(_ connection: ConnectionRecord) -> String {
        let seconds = catalogue[connection.provider]?.healthSeconds ?? 0
        switch connection.health.standing(at: now, countsSeconds: seconds) {
        case .neverChecked: return "never checked"
        case .current(let status): return status.rawValue
        case .stale(let status): return "stale, was \(status.rawValue)"
        }
    }

    private func credential(_ connection: ConnectionRecord) -> String {
        guard let credential = connection.credential else { return "no credential" }
        let end =
            credential.expiresAt.map { $0 <= now ? ", expired" : ", until \($0.rfc3339.prefix(10))" } ?? ""
        return "\(credential.kind.rawValue) v\(credential.version)\(end)"
    }
}
