import SlipwayDomain

/// The delta query of groups: everything at first, later what changed, and a way on from there.
extension MicrosoftLab {
    func groupChanges(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let (tenant, query) = (visit.tenant, visit.query)
        guard visit.request.query["$top"] == nil, query.filter == nil else {
            throw .badRequest("A delta query takes $select and no other option here; a page's size is a preference.")
        }
        var token =
            query.token
            ?? DeltaToken(version: tenant.version, since: 0, top: preferredSize(visit), select: query.select)
        if visit.request.query["$deltatoken"] != nil {
            // A delta link: what changed since it was given. The new walk's own end is now.
            token.since = token.version
            token.version = tenant.version
            token.serial = 0
        }
        guard token.since == 0 || token.since >= tenant.oldestVersion else { throw .resync }
        let (groups, hasMore) = tenant.groups(behind: token.serial, changedAfter: token.since, limit: token.top)
        var rows = try groups.map { group throws(GraphError) in try changed(group, token.select) }
        let link = "\(visit.root)/groups/delta"
        if hasMore, let last = groups.last {
            token.serial = last.serial
            return LabAnswer(200, page(rows, visit, next: "\(link)?$skiptoken=\(token.text)"))
        }
        if token.since > 0 {
            rows += tenant.removals.filter { $0.version > token.since }.map { removal in
                ["id": .string(removal.id), "@removed": ["reason": "changed"]]
            }
        }
        token.serial = 0
        return LabAnswer(200, page(rows, visit, delta: "\(link)?$deltatoken=\(token.text)"))
    }

    /// A change is always told with its id.
    private func changed(_ group: LabGroup, _ select: [String]?) throws(GraphError) -> JSONValue {
        var members = try row(group, select).objectValue ?? [:]
        members["id"] = .string(group.id)
        return .object(members)
    }

    /// What `Prefer: odata.maxpagesize=` asks for, as far as it is allowed.
    private func preferredSize(_ visit: Visit) -> Int {
        let name = "odata.maxpagesize="
        let wishes = (visit.request.headers["prefer"] ?? "").split(separator: ",").map { $0.drop { $0 == " " } }
        let size = wishes.first { $0.hasPrefix(name) }.flatMap { Int($0.dropFirst(name.count)) }
        return size.map { min(max($0, 1), GraphQuery.largestPage) } ?? visit.query.top
    }
}
