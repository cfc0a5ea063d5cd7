/// What a person of the demo scenario is to the company; the raw value is the role key in headers and claims.
package enum ScenarioRole: String, CaseIterable, Hashable, Sendable {
    case managingDirector = "md"
    case dispatcher
    case accountant
    case driver
    case client

    /// What the role may do, in a fixed order. Five, four, four, three and three: the counts the console shows.
    package var capabilities: [Capability] {
        switch self {
        case .managingDirector: [.readOrders, .readFinance, .readRisk, .approveCutover, .readAudit]
        case .dispatcher: [.readOrders, .writeOrders, .writeDispatch, .readDrivers]
        case .accountant: [.readOrders, .readFinance, .writeKSeF, .writePayments]
        case .driver: [.readTrips, .writeDriverEvents, .uploadDocuments]
        case .client: [.readOwnOrders, .writeClientRequests, .readOwnDocuments]
        }
    }
}

/// One of the five people of `grant-demo-local`; every tenant of the scenario has all five.
package struct ScenarioActor: Hashable, Sendable {
    /// As it travels in `X-Slipway-Actor`; unique within a tenant.
    package let id: String
    package let displayName: String
    /// Where the actor sits, as the console names it.
    package let desk: String
    package let role: ScenarioRole

    package var permissions: [String] { role.capabilities.map(\.rawValue) }

    package static let anna = ScenarioActor(
        id: "user_md_anna", displayName: "Anna Kowalska", desk: "BFG Control", role: .managingDirector)
    package static let marek = ScenarioActor(
        id: "user_dispatcher_marek", displayName: "Marek Zielinski", desk: "Dispatch desk", role: .dispatcher)
    package static let olena = ScenarioActor(
        id: "user_accountant_olena", displayName: "Olena Shevchenko", desk: "Finance", role: .accountant)
    package static let petro = ScenarioActor(
        id: "driver_tarasenko", displayName: "Petro Tarasenko", desk: "BFG Driver", role: .driver)
    package static let lviv = ScenarioActor(
        id: "cp_client_lviv_farma", displayName: "Lviv Farma Distribution", desk: "Client Portal", role: .client)

    /// In the order the console lists them.
    package static let all = [anna, marek, olena, petro, lviv]
}
