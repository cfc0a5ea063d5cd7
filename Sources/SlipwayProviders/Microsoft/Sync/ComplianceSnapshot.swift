import SlipwayDomain

/// Takes a copy of a directory's policies, a kind an item, with the digest of each kind.
struct ComplianceSnapshot: Adapter {
    let tools: MicrosoftTools

    /// The kinds of policies, by their names here.
    enum Kind: String, CaseIterable {
        case authorization = "authorization_policy"
        case conditionalAccess = "conditional_access_policies"

        var path: String {
            switch self {
            case .authorization: "policies/authorizationPolicy"
            case .conditionalAccess: "identity/conditionalAccess/policies"
            }
        }
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        Kind.allCases.map(\.rawValue)
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        guard let kind = Kind(rawValue: item) else { throw .terminal(.internalFault, detail: "no policies \(item)") }
        let session = try await tools.session(for: call, with: permit)
        let copy = DirectoryCopy(
            tenant: session.access.tenant, connection: session.access.connection, collection: .policies,
            selection: item)
        let policies = try await policies(of: kind, session, with: permit)
        try await tools.directory.bring(DirectoryPage(objects: policies), to: copy, with: permit)
        let there = try await tools.directory.finish(copy, cursor: nil, wasWhole: true, with: permit)
        let all = JSONValue.array(policies.sorted { $0.id < $1.id }.map(\.body))
        guard let bytes = try? all.canonicalBytes else { throw .terminal(.providerRefused, detail: "not plain JSON") }
        return ItemResult(facts: [
            "policies": .integer(Int64(there)), "sha256": .string(Digest(sha256Of: bytes).hex),
        ])
    }

    /// What is brought twice leaves the same, so an interrupted snapshot is simply taken again.
    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }

    private func policies(
        of kind: Kind, _ session: GraphSession, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> [DirectoryObject] {
        guard kind == .authorization else { return try await session.rows(at: kind.path, with: permit) }
        let document = try await session.document(at: "\(session.root)/\(kind.path)", with: permit)
        guard var members = document.objectValue, let id = members["id"]?.stringValue else {
            throw .transient(.providerUnavailable)
        }
        // Names where it was read, and nothing of the policy.
        members["@odata.context"] = nil
        let name = members["displayName"]?.stringValue ?? id
        return [DirectoryObject(id: id, name: name, body: .object(members))]
    }
}
