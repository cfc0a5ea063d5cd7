/// Something a member may be able to do. The raw value is its name in problems, tokens and the matrix.
///
/// Seeing needs none: whoever is entitled to a tenant sees what is there.
package enum Capability: String, CaseIterable, Hashable, Sendable {
    // Slipway's own.
    case manageTenants = "tenant.manage"
    case manageMembers = "member.manage"
    case manageConnections = "connection.manage"
    case checkProvider = "provider.check"
    case syncDirectory = "directory.sync"
    case syncInventory = "inventory.sync"
    case takeCompliance = "compliance.snapshot"
    case executeRestore = "restore.execute"
    case runCutover = "cutover.run"
    case cancelRun = "run.cancel"
    // What the bundled scenario's people may do; the first two are Slipway's as well.
    case approveCutover = "cutover.approve"
    case readAudit = "audit.read"
    case readOrders = "orders.read"
    case writeOrders = "orders.write"
    case readFinance = "finance.read"
    case readRisk = "risk.read"
    case writeDispatch = "dispatch.write"
    case readDrivers = "drivers.read"
    case writeKSeF = "ksef.write"
    case writePayments = "payments.write"
    case readTrips = "trips.read"
    case writeDriverEvents = "driver_events.write"
    case uploadDocuments = "documents.upload"
    case readOwnOrders = "own_orders.read"
    case writeClientRequests = "client_requests.write"
    case readOwnDocuments = "own_documents.read"
}
