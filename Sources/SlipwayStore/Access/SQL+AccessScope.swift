package import SlipwayDomain
package import SlipwaySQL

extension SQL {
    /// True for rows that a scope covers, in a table with `workspace_id` and `tenant_id`.
    package static func visible(to scope: AccessScope) -> SQL {
        let workspace: SQL = "workspace_id = \(scope.workspace)"
        guard case .tenants(let tenants) = scope.entitlement else { return workspace }
        return workspace + " AND \(anyOf: tenants.sorted(), in: "tenant_id")"
    }

    /// The same for the table of tenants, whose own id it is.
    static func visibleTenant(to scope: AccessScope) -> SQL {
        let workspace: SQL = "workspace_id = \(scope.workspace)"
        guard case .tenants(let tenants) = scope.entitlement else { return workspace }
        return workspace + " AND \(anyOf: tenants.sorted(), in: "id")"
    }
}
