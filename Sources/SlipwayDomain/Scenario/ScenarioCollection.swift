/// A collection of the Scenario Store; the raw value is its name in addresses, files and tables.
package enum ScenarioCollection: String, CaseIterable, Hashable, Sendable {
    case tenants
    case users
    case orders
    case driverEvents = "driver_events"
    case clientRequests = "client_requests"
    case dispatch
    case ksefDocuments = "ksef_documents"
    case payments
    case riskEvents = "risk_events"
    case auditEvents = "audit_events"
    /// What was frozen, by digest. It speaks of the others, so it is in no snapshot itself.
    case snapshots = "scenario_snapshots"

    /// Those whose rows a snapshot has and counts, by name. Actors are listed there, and are not rows.
    package static let counted: [ScenarioCollection] = [
        .auditEvents, .clientRequests, .dispatch, .driverEvents, .ksefDocuments, .orders, .payments, .riskEvents,
    ]

    package var batch: BatchGroup {
        switch self {
        case .tenants, .users: .tenant
        case .orders, .driverEvents, .clientRequests, .dispatch: .operations
        case .ksefDocuments, .payments: .finance
        case .riskEvents, .auditEvents, .snapshots: .audit
        }
    }

    /// What it takes to write rows; nil for what the store writes itself.
    package var writing: Capability? {
        switch self {
        case .orders: .writeOrders
        case .driverEvents: .writeDriverEvents
        case .clientRequests: .writeClientRequests
        case .dispatch, .riskEvents: .writeDispatch
        case .ksefDocuments: .writeKSeF
        case .payments: .writePayments
        case .tenants, .users, .auditEvents, .snapshots: nil
        }
    }

    /// What it takes to read every row.
    package var reading: Capability {
        switch self {
        case .tenants, .users, .orders, .clientRequests, .dispatch: .readOrders
        case .driverEvents: .readDrivers
        case .ksefDocuments, .payments: .readFinance
        case .riskEvents: .readRisk
        case .auditEvents, .snapshots: .readAudit
        }
    }

    /// What lets somebody read the rows they wrote themselves, and no others.
    package var readingOwn: Capability? {
        switch self {
        case .driverEvents: .readTrips
        case .clientRequests: .readOwnOrders
        case .riskEvents: .writeDispatch
        default: nil
        }
    }
}

/// How far into a collection somebody sees.
package enum ScenarioReach: Hashable, Sendable {
    case everything
    /// What they wrote themselves.
    case own
    case nothing
}

extension ScenarioCollection {
    /// How far whoever has these capabilities sees into it.
    package func reach(_ capabilities: Set<Capability>) -> ScenarioReach {
        if capabilities.contains(reading) { return .everything }
        if let readingOwn, capabilities.contains(readingOwn) { return .own }
        return .nothing
    }
}

extension ScenarioCollection: Comparable {
    /// As they are declared: users before the audit events that name them.
    package static func < (left: ScenarioCollection, right: ScenarioCollection) -> Bool {
        guard let left = allCases.firstIndex(of: left), let right = allCases.firstIndex(of: right) else { return false }
        return left < right
    }
}
