/// Whose rows a transaction may see and write, where the engine itself keeps them apart.
package enum RowScope: Hashable, Sendable {
    /// Nobody's: a transaction that was given no scope finds nothing.
    case none
    /// Everybody's, for what works on all workspaces at once.
    case system
    /// Those of one workspace and, of its tenants, of these alone; nil stands for all of them, and for what belongs to
    /// none.
    case workspace(Int64, tenants: [Int64]? = nil)
    /// Those of one tenant of an application, whose policies read its name from this setting.
    case application(tenant: String, setting: String)
}
