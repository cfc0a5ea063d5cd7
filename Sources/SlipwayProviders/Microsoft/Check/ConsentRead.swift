import SlipwayDomain

/// Reads what consent gave from the assignments it made, not from the token, which is not ours to read.
struct ConsentRead: Sendable {
    let session: GraphSession

    /// Graph's own application id, the same in every directory.
    private static let graph = "00000003-0000-0000-c000-000000000000"

    func consent(with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> Consent {
        let requested = session.access.scopesRequested
        guard let own = try await principal(of: session.access.credential.clientID ?? "", with: permit) else {
            return Consent(granted: [], requested: requested)
        }
        let path = "servicePrincipals/\(Form.encoded(own.id))/appRoleAssignments"
        let assignments = try await session.rows(at: path, with: permit)
        guard let graph = try await principal(of: Self.graph, with: permit) else {
            return Consent(granted: [], requested: requested)
        }
        let names = Dictionary(
            (graph.body["appRoles"]?.arrayValue ?? []).compactMap { role -> (String, String)? in
                guard let id = role["id"]?.stringValue, let name = role["value"]?.stringValue else { return nil }
                return (id, name)
            }, uniquingKeysWith: { first, _ in first })
        let ids = assignments.filter { $0.body["resourceId"]?.stringValue == graph.id }
            .compactMap { $0.body["appRoleId"]?.stringValue }
        // A permission that Graph does not name any more is told by its id.
        return Consent(granted: ids.map { names[$0] ?? $0 }, requested: requested)
    }

    private func principal(
        of application: String, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> DirectoryObject? {
        let filter = Form.encoded("appId eq '\(application.replacing("'", with: "''"))'")
        return try await session.rows(
            at: "servicePrincipals?$filter=\(filter)&$select=id,appId,displayName,appRoles", with: permit
        ).first
    }
}

extension Credential {
    fileprivate var clientID: String? {
        switch self {
        case .clientSecret(let client, _, _), .certificate(let client, _, _): client
        case .apiKey, .basic: nil
        }
    }
}
