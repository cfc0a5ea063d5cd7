/// What a member is in a workspace: a name for a set of capabilities.
package struct Role: Hashable, Sendable {
    /// As it travels in headers, claims and commands.
    package let name: String
    package let capabilities: Set<Capability>

    /// Every role there is: three for those who run Slipway, and the five of the bundled scenario.
    package static let all = [owner, `operator`, viewer] + ScenarioRole.allCases.map(Role.init)

    /// May do everything.
    package static let owner = Role(name: "owner", capabilities: Set(Capability.allCases))

    /// Starts and watches provider work; approves nothing, and manages no people.
    package static let `operator` = Role(
        name: "operator",
        capabilities: [
            .manageConnections, .checkProvider, .syncDirectory, .syncInventory, .takeCompliance, .executeRestore,
            .runCutover, .cancelRun,
        ])

    /// Sees, and changes nothing.
    package static let viewer = Role(name: "viewer", capabilities: [])

    package static func named(_ name: String) -> Role? {
        all.first { $0.name == name }
    }

    /// The names there are, for those who wrote another.
    package static let names = all.map(\.name).joined(separator: ", ")
}

extension Role {
    package init(_ role: ScenarioRole) {
        self.init(name: role.rawValue, capabilities: Set(role.capabilities))
    }
}
