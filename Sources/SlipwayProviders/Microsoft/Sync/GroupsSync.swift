import SlipwayDomain

/// Brings a directory's groups here: the first time all of them, later what changed.
///
/// The one item is the selection. Pages cannot be items, because nobody can name them before they are read; each is
/// kept as it comes, and an attempt goes on where the one before it stopped, as long as this process has the place.
struct GroupsSync: Adapter {
    let tools: MicrosoftTools
    let places = WalkPlaces()

    /// What is asked for of a group; a restore needs no more.
    static let properties =
        "id,displayName,description,mailNickname,mailEnabled,securityEnabled,visibility,groupTypes"

    static let usualSelection = "all_groups_v1"

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        let selection = call.target["selection_key"] ?? Self.usualSelection
        guard selection == Self.usualSelection else {
            throw .terminal(.providerRefused, detail: "there is no selection \(selection.prefix(64))")
        }
        return [selection]
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        let session = try await tools.session(for: call, with: permit)
        let access = session.access
        let copy = DirectoryCopy(
            tenant: access.tenant, connection: access.connection, collection: .groups, selection: item)
        var walk: GroupWalk
        if let place = places.take(key) {
            walk = place
        } else {
            walk = GroupWalk(cursor: try await tools.directory.cursor(of: copy, with: permit), root: session.root)
        }
        while let url = walk.next {
            if call.isCancelled() { throw .cancelled }
            do {
                try await step(&walk, at: url, session, copy, with: permit)
            } catch {
                places.keep(walk, for: key)
                throw error
            }
            call.report(RunProgress(done: walk.brought))
        }
        guard walk.unreadable == 0, let cursor = walk.cursor else {
            return ItemResult(.failed, reason: .providerRefused, facts: walk.facts)
        }
        walk.there = try await tools.directory.finish(copy, cursor: cursor, wasWhole: walk.isWhole, with: permit)
        return ItemResult(facts: walk.facts)
    }

    /// What is brought twice leaves the same, so an interrupted sync is simply begun again.
    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }

    private func step(
        _ walk: inout GroupWalk, at url: String, _ session: GraphSession, _ copy: DirectoryCopy,
        with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) {
        guard let document = try await session.changes(at: url, with: permit) else {
            return try walk.startOver(root: session.root)
        }
        let page = try GraphPage(document)
        try await tools.directory.bring(page.page, to: copy, with: permit)
        try walk.take(page)
    }
}
