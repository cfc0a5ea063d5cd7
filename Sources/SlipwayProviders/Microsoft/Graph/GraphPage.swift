import SlipwayDomain

/// One page of a collection as Graph sends it.
struct GraphPage: Sendable {
    var page = DirectoryPage(objects: [])
    /// Entries without an id: they are told and not kept.
    var unreadable = 0
    let next: String?
    /// What the next delta query goes on from; on the last page of one.
    let delta: String?

    /// Throws `transient` for a document that is no page: a sound one may come next time.
    init(_ document: JSONValue) throws(AdapterFailure) {
        guard let rows = document["value"]?.arrayValue else { throw .transient(.providerUnavailable) }
        next = document["@odata.nextLink"]?.stringValue
        delta = document["@odata.deltaLink"]?.stringValue
        for row in rows {
            guard let id = row["id"]?.stringValue, !id.isEmpty else {
                unreadable += 1
                continue
            }
            if row["@removed"] != nil {
                page.removed.append(id)
            } else {
                page.objects.append(DirectoryObject(id: id, name: row["displayName"]?.stringValue ?? id, body: row))
            }
        }
    }
}

extension GraphSession {
    /// All rows of a collection that is small enough to be held at once.
    func rows(at path: String, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [DirectoryObject]
    {
        var objects: [DirectoryObject] = []
        var next: String? = "\(root)/\(path)"
        while let url = next {
            let page = try GraphPage(try await document(at: url, with: permit))
            objects += page.page.objects
            guard page.next != url else { throw .terminal(.providerRefused, detail: "a page leads to itself") }
            next = page.next
        }
        return objects
    }
}
