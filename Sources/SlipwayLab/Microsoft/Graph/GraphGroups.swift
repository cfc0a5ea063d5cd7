import SlipwayDomain

/// Groups: lists, one of them, and changes to them.
extension MicrosoftLab {
    func listGroups(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let query = visit.query
        if let filter = query.filter {
            guard LabGroup.properties.contains(filter.property) else {
                throw .badRequest("Could not find a property named '\(filter.property)'.")
            }
            let found = visit.tenant.groups.filter { $0.value(filter.property)?.stringValue == filter.value }
            return LabAnswer(
                200, page(try found.map { group throws(GraphError) in try row(group, query.select) }, visit))
        }
        let (groups, hasMore) = visit.tenant.groups(
            behind: query.token?.serial ?? 0, changedAfter: 0, limit: query.top)
        var next: DeltaToken?
        if hasMore, let last = groups.last {
            next = DeltaToken(version: 0, since: 0, serial: last.serial, top: query.top, select: query.select)
        }
        let rows = try groups.map { group throws(GraphError) in try row(group, query.select) }
        return LabAnswer(200, page(rows, visit, next: next.map { "\(visit.root)/groups?$skiptoken=\($0.text)" }))
    }

    func group(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let id = visit.values["id"] ?? ""
        guard let group = visit.tenant.group(id) else { throw .notFound(id) }
        var members = try row(group, visit.query.select).objectValue ?? [:]
        members["@odata.context"] = .string("\(visit.root)/$metadata#groups/$entity")
        return LabAnswer(200, .object(members))
    }

    func addGroup(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let change = try self.change(visit, isWhole: true)
        guard let added = makeGroup(in: visit.tenant.id, change.apply) else { throw .notFound(visit.tenant.id) }
        return LabAnswer(
            201, try row(added, visit.query.select), headers: [("Location", "\(visit.root)/groups/\(added.id)")])
    }

    /// Adds a security group of that name, as an administrator would; its id, or nil when there is no such tenant.
    package func addGroup(named name: String, to tenant: String) -> String? {
        makeGroup(in: tenant) { group in
            group.displayName = name
            group.mailNickname = name
        }?.id
    }

    private func makeGroup(in tenant: String, _ fill: @Sendable (inout LabGroup) -> Void) -> LabGroup? {
        let (id, now) = (requestID(), clock.now().graphText)
        return change(tenant) { tenant in
            tenant.advance()
            return tenant.add { serial, version in
                var group = LabGroup(
                    id: id, serial: serial, version: version, displayName: "", mailNickname: "", createdDateTime: now)
                fill(&group)
                return group
            }
        }
    }

    func changeGroup(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let change = try self.change(visit, isWhole: false)
        let id = visit.values["id"] ?? ""
        guard self.change(visit.tenant.id, { $0.change(id) { change.apply(to: &$0) } }) == true else {
            throw .notFound(id)
        }
        return LabAnswer(204)
    }

    func removeGroup(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let id = visit.values["id"] ?? ""
        guard change(visit.tenant.id, { $0.remove(id) }) == true else { throw .notFound(id) }
        return LabAnswer(204)
    }

    /// A group as it was selected.
    func row(_ group: LabGroup, _ select: [String]?) throws(GraphError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for property in select ?? LabGroup.properties {
            guard let value = group.value(property) else {
                throw .badRequest("Could not find a property named '\(property)' on type 'microsoft.graph.group'.")
            }
            members[property] = value
        }
        return .object(members)
    }

    func page(_ rows: [JSONValue], _ visit: Visit, next: String? = nil, delta: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "@odata.context": .string("\(visit.root)/$metadata#groups"), "value": .array(rows),
        ]
        if let next { members["@odata.nextLink"] = .string(next) }
        if let delta { members["@odata.deltaLink"] = .string(delta) }
        return .object(members)
    }

    private func change(_ visit: Visit, isWhole: Bool) throws(GraphError) -> GroupChange {
        do {
            let change = try GroupChange(visit.request.json)
            if isWhole { try change.checkIsWhole() }
            return change
        } catch {
            switch error {
            case .notAnObject: throw .badRequest("The request body is not a JSON object.")
            case .property(let name): throw .badRequest("Invalid value specified for property '\(name)'.")
            case .missing(let name): throw .badRequest("A value is required for property '\(name)'.")
            }
        }
    }
}
