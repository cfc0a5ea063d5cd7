import SlipwayDomain

/// Orders tables so that a parent is copied before the rows that refer to it.
enum ParentsFirst {
    /// Stable: by batch group and name where nothing forces an order. A circle is broken at its first table; the
    /// foreign keys are declared after all rows are there, so a circle does no harm.
    static func order(_ tables: [SourceTable]) -> [SourceTable] {
        let byName = Dictionary(tables.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        var ordered: [SourceTable] = []
        var visited: Set<String> = []
        func visit(_ table: SourceTable) {
            guard visited.insert(table.name).inserted else { return }
            for key in table.foreignKeys {
                if let parent = byName[key.parent.lowercased()] { visit(parent) }
            }
            ordered.append(table)
        }
        let sorted = tables.sorted { left, right in
            let groups = (BatchGroups.group(of: left.name), BatchGroups.group(of: right.name))
            return groups.0 == groups.1 ? left.name < right.name : groups.0 < groups.1
        }
        for table in sorted { visit(table) }
        return ordered
    }
}

/// Which of the four batches a table belongs to, by the words in its name; the manifest may say otherwise.
enum BatchGroups {
    private static let words: [(BatchGroup, [String])] = [
        (.audit, ["audit", "risk", "log", "event_log", "history", "snapshot"]),
        (.finance, ["ksef", "payment", "invoice", "ledger", "finance", "billing"]),
        (.tenant, ["tenant", "user", "permission", "role", "member"]),
    ]

    static func group(of table: String) -> BatchGroup {
        let name = table.lowercased()
        return words.first { $0.1.contains { name.contains($0) } }?.0 ?? .operations
    }
}
