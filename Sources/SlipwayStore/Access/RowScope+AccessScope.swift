package import SlipwayDomain
package import SlipwaySQL

extension RowScope {
    /// All of one workspace, for what works for it and for nobody in it.
    package static func all(of workspace: ID<Workspace>) -> RowScope { .workspace(workspace.number) }

    package init(_ scope: AccessScope) {
        switch scope.entitlement {
        case .workspace: self = .all(of: scope.workspace)
        case .tenants(let tenants): self = .workspace(scope.workspace.number, tenants: tenants.sorted().map(\.number))
        }
    }
}

extension Database {
    /// The database as someone may see it.
    package func scoped(to scope: AccessScope) -> any Database { scoped(to: RowScope(scope)) }
}
