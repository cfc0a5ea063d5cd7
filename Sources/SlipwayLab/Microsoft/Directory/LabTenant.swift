package import SlipwayDomain

/// One stood-in directory: what is in it, and what changed when.
package struct LabTenant: Sendable {
    package let id: String
    package let displayName: String
    /// In the order in which they were made.
    package internal(set) var groups: [LabGroup] = []
    /// When each group went, by its id.
    private(set) var removals: [(id: String, version: Int)] = []
    /// Grows with every change.
    private(set) var version = 1
    /// Changes before this version are forgotten: who asks for them is told to start over.
    private(set) var oldestVersion = 0
    package internal(set) var roleDefinitions: [JSONValue] = []
    package internal(set) var servicePrincipals: [JSONValue] = []
    package internal(set) var policies: [String: JSONValue] = [:]
    /// What consent gave the registered application, by the names of Graph's application permissions.
    package var grants: Set<String>
    private var places: [String: Int] = [:]
    private var nextSerial = 1

    init(id: String, displayName: String, grants: Set<String>) {
        self.id = id
        self.displayName = displayName
        self.grants = grants
    }

    package func group(_ id: String) -> LabGroup? { places[id].flatMap(place).map { groups[$0] } }

    /// Adds a group that `make` fills in; it is given its serial number and the version.
    package mutating func add(_ make: (_ serial: Int, _ version: Int) -> LabGroup) -> LabGroup {
        let group = make(nextSerial, version)
        nextSerial += 1
        places[group.id] = group.serial
        groups.append(group)
        return group
    }

    /// Returns whether the group is there.
    package mutating func change(_ id: String, _ body: (inout LabGroup) -> Void) -> Bool {
        guard let index = places[id].flatMap(place) else { return false }
        body(&groups[index])
        version += 1
        groups[index].version = version
        return true
    }

    /// Returns whether the group was there.
    package mutating func remove(_ id: String) -> Bool {
        guard let index = places[id].flatMap(place) else { return false }
        groups.remove(at: index)
        places[id] = nil
        version += 1
        removals.append((id, version))
        return true
    }

    /// `path` is the policy's, behind `v1.0`.
    package mutating func setPolicy(_ path: String, _ policy: JSONValue) { policies[path] = policy }

    /// What follows counts as a change.
    mutating func advance() { version += 1 }

    /// Forgets what changed so far.
    package mutating func forgetChanges() {
        version += 1
        oldestVersion = version
        removals = []
    }

    /// Up to `limit` groups behind a serial number that changed after a version; and whether there are more.
    func groups(behind serial: Int, changedAfter version: Int, limit: Int) -> (page: [LabGroup], hasMore: Bool) {
        var page: [LabGroup] = []
        for group in groups[firstIndex(behind: serial)...] where group.version > version {
            guard page.count < limit else { return (page, true) }
            page.append(group)
        }
        return (page, false)
    }

    private func place(_ serial: Int) -> Int? {
        let index = firstIndex(behind: serial - 1)
        return index < groups.count && groups[index].serial == serial ? index : nil
    }

    private func firstIndex(behind serial: Int) -> Int {
        var (low, high) = (0, groups.count)
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].serial <= serial { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
