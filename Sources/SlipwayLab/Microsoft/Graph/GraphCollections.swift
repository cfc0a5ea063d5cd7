import SlipwayDomain

/// Reads of collections that do not change here: filtered, cut to what was selected, page by page.
extension MicrosoftLab {
    func collection(_ all: [JSONValue], _ visit: Visit) throws(GraphError) -> LabAnswer {
        let query = visit.query
        var rows = all
        if let filter = query.filter {
            rows = rows.filter { $0[filter.property]?.stringValue == filter.value }
        }
        let start = min(query.token?.serial ?? 0, rows.count)
        let end = min(start + query.top, rows.count)
        let path = visit.request.path.dropFirst(2).joined(separator: "/")
        var answer: [String: JSONValue] = [
            "@odata.context": .string("\(visit.root)/$metadata#\(path)"),
            "value": .array(rows[start..<end].map { cut($0, to: query.select) }),
        ]
        if end < rows.count {
            let token = DeltaToken(version: 0, since: 0, serial: end, top: query.top, select: query.select)
            answer["@odata.nextLink"] = .string("\(visit.root)/\(path)?$skiptoken=\(token.text)")
        }
        return LabAnswer(200, .object(answer))
    }

    func organization(_ visit: Visit) -> LabAnswer {
        LabAnswer(
            200,
            [
                "@odata.context": .string("\(visit.root)/$metadata#organization"),
                "value": [
                    [
                        "id": .string(visit.tenant.id), "displayName": .string(visit.tenant.displayName),
                        "tenantType": "AAD", "countryLetterCode": "UA",
                    ]
                ],
            ])
    }

    func policy(_ visit: Visit, _ path: String) -> LabAnswer {
        var policy = visit.tenant.policies[path]?.objectValue ?? [:]
        policy["@odata.context"] = .string("\(visit.root)/$metadata#\(path)")
        return LabAnswer(200, .object(policy))
    }

    /// The tenant's consent, told as the assignments it made.
    func appRoleAssignments(_ visit: Visit) throws(GraphError) -> LabAnswer {
        let principals = visit.tenant.servicePrincipals
        let id = visit.values["id"] ?? ""
        guard let principal = principals.first(where: { $0["id"]?.stringValue == id }) else { throw .notFound(id) }
        let resource = principals.first { $0["appId"]?.stringValue == GraphRole.resource }
        let isRegistered = principal["appId"]?.stringValue == application.clientID
        let roles = isRegistered ? GraphRole.allCases.filter { visit.tenant.grants.contains($0.rawValue) } : []
        return try collection(
            roles.map { role in
                [
                    "id": .string("\(id)-\(role.id)"), "appRoleId": .string(role.id), "principalId": .string(id),
                    "principalType": "ServicePrincipal", "principalDisplayName": principal["displayName"] ?? .null,
                    "resourceId": resource?["id"] ?? .null, "resourceDisplayName": "Microsoft Graph",
                ]
            }, visit)
    }

    private func cut(_ row: JSONValue, to select: [String]?) -> JSONValue {
        guard let select, let members = row.objectValue else { return row }
        return .object(members.filter { select.contains($0.key) || $0.key == "id" })
    }
}
