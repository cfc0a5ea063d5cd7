import SlipwayDomain

/// Brings a whole collection here, page by page. The one item is the collection.
struct CollectionSync: Adapter {
    let tools: MicrosoftTools
    let collection: DirectoryCollection
    /// Behind Graph's version, with query.
    let path: String

    static func roleDefinitions(_ tools: MicrosoftTools) -> CollectionSync {
        CollectionSync(
            tools: tools, collection: .roleDefinitions, path: "roleManagement/directory/roleDefinitions")
    }

    static func servicePrincipals(_ tools: MicrosoftTools) -> CollectionSync {
        CollectionSync(
            tools: tools, collection: .servicePrincipals,
            path: "servicePrincipals?$top=500"
                + "&$select=id,appId,displayName,accountEnabled,servicePrincipalType,signInAudience")
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        [collection.rawValue]
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        let session = try await tools.session(for: call, with: permit)
        let copy = DirectoryCopy(
            tenant: session.access.tenant, connection: session.access.connection, collection: collection,
            selection: item)
        var (pages, brought) = (0, 0)
        var next: String? = "\(session.root)/\(path)"
        while let url = next {
            if call.isCancelled() { throw .cancelled }
            let page = try GraphPage(try await session.document(at: url, with: permit))
            guard page.unreadable == 0, page.next != url else {
                throw .terminal(
                    .providerRefused, detail: "a page with entries that have no id, or that leads to itself")
            }
            try await tools.directory.bring(page.page, to: copy, with: permit)
            pages += 1
            brought += page.page.objects.count
            next = page.next
            call.report(RunProgress(done: brought))
        }
        let there = try await tools.directory.finish(copy, cursor: nil, wasWhole: true, with: permit)
        return ItemResult(facts: [
            "pages": .integer(Int64(pages)), "brought": .integer(Int64(brought)), "there": .integer(Int64(there)),
        ])
    }

    /// What is brought twice leaves the same, so an interrupted sync is simply begun again.
    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState { .notDone }
}
