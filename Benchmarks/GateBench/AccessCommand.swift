import ArgumentParser
import SlipwayDomain

/// Decisions of the one rule a second, on one core: every role in turn, every capability, a tenant of theirs and one
/// that is not.
struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "access")

    @Option(help: "How many decisions.")
    var decisions = 10_000_000

    @Option(help: "How many tenants each actor is entitled to.")
    var tenants = 100

    func run() {
        let ids = (1...Int64(tenants) * 2).compactMap(ID<Tenant>.init)
        let actors = Role.all.map { role in
            Access(entitlement: .tenants(Set(ids.prefix(tenants))), capabilities: role.capabilities)
        }
        var counts: [Int: Int] = [:]
        let began = ContinuousClock.now
        for number in 0..<decisions {
            let capability = Capability.allCases[number % Capability.allCases.count]
            // Read out, so that no decision is left out as unused.
            switch actors[number % actors.count].decide(capability, on: ids[number % ids.count]) {
            case .allowed: counts[200, default: 0] += 1
            case .lacking: counts[403, default: 0] += 1
            case .hidden: counts[404, default: 0] += 1
            }
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        let rate = Int(Double(decisions) / seconds)
        print(
            "access decisions_per_second=\(rate) \(counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))"
        )
    }
}
