/// A foreign key between two tenants' tables carries the tenant, so that no row can refer into another tenant:
/// PostgreSQL checks foreign keys without regard to policies.
struct TenantPair {
    let columns: [String]
    let parentColumns: [String]
    let addsTenant: Bool

    init(child: TableMapping, parent: TableMapping, _ key: ForeignKeyMapping) {
        let columns = key.columns.map(child.targetName)
        let parentColumns = key.parentColumns.map(parent.targetName)
        guard let childTenant = child.tenantColumn, let parentTenant = parent.tenantColumn,
            !columns.contains(childTenant), !parentColumns.contains(parentTenant)
        else {
            self.columns = columns
            self.parentColumns = parentColumns
            addsTenant = false
            return
        }
        self.columns = [childTenant] + columns
        self.parentColumns = [parentTenant] + parentColumns
        addsTenant = true
    }
}
