import SlipwayDomain

/// Graph's addresses that the lab knows, and the permissions each of them needs one of.
extension MicrosoftLab {
    struct Visit: Sendable {
        let request: LabRequest
        let tenant: LabTenant
        let query: GraphQuery
        let values: [String: String]

        /// Where Graph is for the asker.
        var root: String { "\(request.base)/microsoft/v1.0" }
    }

    struct GraphRoute: Sendable {
        let method: String
        let pattern: String
        let roles: Set<GraphRole>
        let handle: @Sendable (MicrosoftLab, Visit) throws(GraphError) -> LabAnswer
    }

    static let graphRoutes: [GraphRoute] = [
        GraphRoute(method: "GET", pattern: "organization", roles: [.organizationRead, .directoryRead]) {
            lab, visit throws(GraphError) in lab.organization(visit)
        },
        GraphRoute(method: "GET", pattern: "groups", roles: readGroups) { lab, visit throws(GraphError) in
            try lab.listGroups(visit)
        },
        GraphRoute(method: "GET", pattern: "groups/delta", roles: readGroups) { lab, visit throws(GraphError) in
            try lab.groupChanges(visit)
        },
        GraphRoute(method: "GET", pattern: "groups/{id}", roles: readGroups) { lab, visit throws(GraphError) in
            try lab.group(visit)
        },
        GraphRoute(method: "POST", pattern: "groups", roles: [.groupReadWrite]) { lab, visit throws(GraphError) in
            try lab.addGroup(visit)
        },
        GraphRoute(method: "PATCH", pattern: "groups/{id}", roles: [.groupReadWrite]) {
            lab, visit throws(GraphError) in try lab.changeGroup(visit)
        },
        GraphRoute(method: "DELETE", pattern: "groups/{id}", roles: [.groupReadWrite]) {
            lab, visit throws(GraphError) in try lab.removeGroup(visit)
        },
        GraphRoute(
            method: "GET", pattern: "roleManagement/directory/roleDefinitions",
            roles: [.roleManagementRead, .directoryRead]
        ) { lab, visit throws(GraphError) in try lab.collection(visit.tenant.roleDefinitions, visit) },
        GraphRoute(method: "GET", pattern: "servicePrincipals", roles: readApplications) {
            lab, visit throws(GraphError) in try lab.collection(visit.tenant.servicePrincipals, visit)
        },
        GraphRoute(method: "GET", pattern: "servicePrincipals/{id}/appRoleAssignments", roles: readApplications) {
            lab, visit throws(GraphError) in try lab.appRoleAssignments(visit)
        },
        GraphRoute(method: "GET", pattern: "policies/authorizationPolicy", roles: [.policyRead]) {
            lab, visit throws(GraphError) in lab.policy(visit, "policies/authorizationPolicy")
        },
        GraphRoute(method: "GET", pattern: "identity/conditionalAccess/policies", roles: [.policyRead]) {
            lab, visit throws(GraphError) in
            let policies = visit.tenant.policies["identity/conditionalAccess/policies"]?.arrayValue ?? []
            return try lab.collection(policies, visit)
        },
    ]

    private static let readGroups: Set<GraphRole> = [.groupRead, .groupReadWrite, .directoryRead]
    private static let readApplications: Set<GraphRole> = [.applicationRead, .directoryRead]

    /// In Graph's own order: who asks, is there such an address, may they, and only then what they ask.
    func graph(_ request: LabRequest, _ path: [String]) async -> LabAnswer {
        let id = requestID()
        do {
            var answer = try self.answer(request, path)
            answer.headers += [("request-id", id), ("client-request-id", request.headers["client-request-id"] ?? id)]
            return answer
        } catch {
            return error.answer(requestID: id, at: clock.now())
        }
    }

    private func answer(_ request: LabRequest, _ path: [String]) throws(GraphError) -> LabAnswer {
        guard let id = request.bearer.flatMap({ tenant(ofToken: $0) }), let tenant = tenant(id) else {
            throw .noToken
        }
        for route in Self.graphRoutes where route.method == request.method {
            guard let values = LabRoute.values(of: route.pattern, in: path) else { continue }
            guard route.roles.contains(where: { tenant.grants.contains($0.rawValue) }) else { throw .forbidden }
            let visit = Visit(
                request: request, tenant: tenant, query: try GraphQuery(request.query), values: values)
            return try route.handle(self, visit)
        }
        throw .unknownPath(path.first ?? "")
    }
}
