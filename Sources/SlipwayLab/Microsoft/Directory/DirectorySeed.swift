import SlipwayDomain

/// Makes stood-in directories: the same for the same numbers, on every machine, of any size.
package struct DirectorySeed: Sendable {
    package var seed: UInt64
    package var tenants: Int
    package var groups: Int

    package init(seed: UInt64 = 1, tenants: Int = 2, groups: Int = 250) {
        precondition(tenants > 0 && groups >= 0, "a lab has a tenant, and no fewer than no groups")
        self.seed = seed
        self.tenants = tenants
        self.groups = groups
    }

    /// The registered application, which is one of each tenant's service principals.
    package var application: String {
        var random = ScenarioRandom(seed: seed, stream: 1)
        return GUID.text(&random)
    }

    /// The number of a tenant, from 0.
    package func tenant(_ index: Int) -> LabTenant {
        var random = ScenarioRandom(seed: seed, stream: 2, position: index)
        let name = DirectoryVocabulary.organisations[index % DirectoryVocabulary.organisations.count]
        let suffix = index < DirectoryVocabulary.organisations.count ? "" : " \(index + 1)"
        var tenant = LabTenant(id: GUID.text(&random), displayName: name + suffix, grants: Set(GraphRole.usual))
        for number in 0..<groups {
            _ = tenant.add { serial, version in
                group(number, of: index, serial: serial, version: version)
            }
        }
        tenant.roleDefinitions = RoleDefinitions.all
        tenant.servicePrincipals = ServicePrincipals.all(application: application, tenant: index, seed: seed)
        tenant.policies = Policies.all(tenant: tenant.id, random: &random)
        return tenant
    }

    private func group(_ number: Int, of tenant: Int, serial: Int, version: Int) -> LabGroup {
        var random = ScenarioRandom(seed: seed, stream: 3 &+ UInt64(tenant) << 8, position: number)
        let id = GUID.text(&random)
        let place = random.pick(DirectoryVocabulary.places)
        let isUnified = random.once(in: 3)
        let days = random.below(2000)
        return LabGroup(
            id: id, serial: serial, version: version,
            displayName: "\(random.pick(DirectoryVocabulary.teams)) \(place) \(number + 1)",
            description: random.once(in: 4) ? nil : random.pick(DirectoryVocabulary.purposes),
            mailNickname: "group-\(tenant + 1)-\(number + 1)", mailEnabled: isUnified, securityEnabled: !isUnified,
            visibility: isUnified ? random.pick(["Private", "Public"]) : nil,
            groupTypes: isUnified ? ["Unified"] : [],
            createdDateTime: Timestamp(microseconds: (1_577_836_800 + Int64(days) * 86_400) * 1_000_000).graphText)
    }
}

/// A random (version 4) UUID in its usual letters.
enum GUID {
    static func text(_ random: inout ScenarioRandom) -> String {
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            let word = random.next()
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
        }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Hex.text(bytes))
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }
            .joined(separator: "-")
    }
}

extension Timestamp {
    /// Whole seconds in UTC, as Graph writes them: 2026-11-21T07:52:38Z.
    var graphText: String { rfc3339.prefix(19) + "Z" }
}
