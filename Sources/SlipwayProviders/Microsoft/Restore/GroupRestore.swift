import SlipwayDomain

/// Brings groups back to how a snapshot has them, a changed group an item. Planning it alone is its dry run.
///
/// The snapshot is the copy that `snapshot` names in the target, the last sync when it names none; `remove_added`
/// is `true` to remove groups made since.
struct GroupRestore: Adapter {
    let tools: MicrosoftTools

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        let session = try await tools.session(for: call, with: permit)
        let snapshot = try await tools.directory.objects(of: copy(call, session), with: permit)
        guard !snapshot.isEmpty else {
            throw .terminal(.evidenceMissing, detail: "the snapshot has no groups: sync them first")
        }
        let present = try await session.rows(at: "groups?$top=999&$select=\(GroupsSync.properties)", with: permit)
        return RestoreChange.all(
            to: snapshot.map(GroupState.init), from: present.map(GroupState.init),
            removesAdded: call.target["remove_added"] == "true"
        ).map(\.description)
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        let session = try await tools.session(for: call, with: permit)
        switch try change(item) {
        case .change(let id):
            return try await change(id, to: try await wanted(id, call, session, with: permit), session, with: permit)
        case .create(let id):
            return try await create(try await wanted(id, call, session, with: permit), session, with: permit)
        case .remove(let id):
            let request = ProviderRequest(.delete, session.groupAddress(id))
            try await session.carryOut(request, with: permit)
            return ItemResult()
        }
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        let session = try await tools.session(for: call, with: permit)
        switch try change(item) {
        case .change(let id):
            let wanted = try await wanted(id, call, session, with: permit)
            guard let now = try await session.group(id, with: permit) else { return .notDone }
            return wanted.changes(from: now).isEmpty ? .done : .notDone
        case .create(let id):
            let wanted = try await wanted(id, call, session, with: permit)
            return try await session.groups(like: wanted, with: permit).isEmpty ? .notDone : .done
        case .remove(let id):
            return try await session.group(id, with: permit) == nil ? .done : .notDone
        }
    }

    private func change(
        _ id: String, to wanted: GroupState, _ session: GraphSession, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        guard let now = try await session.group(id, with: permit) else {
            throw .terminal(.targetNotReady, detail: "the group is gone since this was planned")
        }
        let changes = wanted.changes(from: now)
        let names = JSONValue.array(changes.keys.sorted().map { .string($0) })
        guard !changes.isEmpty else { return ItemResult(facts: ["set": names]) }
        let request = try ProviderRequest(.patch, session.groupAddress(id), json: .object(changes))
        try await session.carryOut(request, with: permit)
        return ItemResult(facts: ["set": names])
    }

    /// Looks first: what was made in an earlier attempt is not made twice.
    private func create(
        _ wanted: GroupState, _ session: GraphSession, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        var ids = try await session.groups(like: wanted, with: permit)
        if ids.isEmpty {
            let request = try ProviderRequest(.post, "\(session.root)/groups", json: wanted.creation)
            let response = try await session.carryOut(request, with: permit)
            // Made, and the answer does not say as what: a look at the provider tells.
            guard let id = (try? JSONValue(parsing: response.body))?["id"]?.stringValue else {
                throw .unknown(.effectUnknown)
            }
            ids = [id]
        }
        return ItemResult(facts: ["made": .array(ids.map { .string($0) })])
    }

    func change(_ item: String) throws(AdapterFailure) -> RestoreChange {
        guard let change = RestoreChange(item) else { throw .terminal(.internalFault, detail: "no change \(item)") }
        return change
    }

    func wanted(
        _ id: String, _ call: AdapterCall, _ session: GraphSession, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> GroupState {
        guard let object = try await tools.directory.object(id, of: copy(call, session), with: permit) else {
            throw .terminal(.evidenceMissing, detail: "the snapshot does not have the group any more")
        }
        return GroupState(object)
    }

    private func copy(_ call: AdapterCall, _ session: GraphSession) -> DirectoryCopy {
        DirectoryCopy(
            tenant: session.access.tenant, connection: session.access.connection, collection: .groups,
            selection: call.target["snapshot"] ?? GroupsSync.usualSelection)
    }
}
