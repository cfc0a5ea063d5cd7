/// Whose rows a transaction may see: one workspace's, as far as an entitlement goes.
package struct AccessScope: Hashable, Sendable {
    package let workspace: ID<Workspace>
    package let entitlement: Entitlement

    package init(workspace: ID<Workspace>, entitlement: Entitlement) {
        self.workspace = workspace
        self.entitlement = entitlement
    }
}
