/// Rows for an empty store: the same seed and number give the same rows on every machine, and each is written by whoever
/// of the scenario's people would write it.
package struct ScenarioFilling: Sendable {
    /// Rows of one collection, as one person writes them.
    package struct Part: Sendable {
        package let collection: ScenarioCollection
        package let actor: ScenarioActor
        package let drafts: [ScenarioDraft]
    }

    /// Hundredths of the rows that each collection has; what rounding leaves is the first one's.
    private static let shares: [(collection: ScenarioCollection, actor: ScenarioActor, hundredths: Int)] = [
        (.orders, .marek, 24), (.driverEvents, .petro, 34), (.clientRequests, .lviv, 8), (.dispatch, .marek, 10),
        (.ksefDocuments, .olena, 9), (.payments, .olena, 9), (.riskEvents, .marek, 6),
    ]

    private let rows: Int
    private let tables: [String: ScenarioTable]

    /// `rows` of all collections together; the audit events that writing them leaves come on top.
    package init(seed: UInt64, rows: Int) {
        precondition(rows >= 1, "there is a row to write")
        self.rows = rows
        // Wide enough that every table has the rows its share takes.
        let generator = ScenarioGenerator(seed: seed, tenants: 1, rows: rows * 3 + 1000)
        tables = Dictionary(uniqueKeysWithValues: generator.tables.map { ($0.name, $0) })
    }

    /// In the order in which they are written, parents first, at most so many rows a part.
    package func parts(of size: Int = ScenarioWrite.mostRows) throws -> [Part] {
        var parts: [Part] = []
        for share in Self.shares {
            let count = count(of: share.collection)
            for start in stride(from: 0, to: count, by: size) {
                let drafts = try (start..<min(start + size, count)).map { try draft(share.collection, $0) }
                parts.append(Part(collection: share.collection, actor: share.actor, drafts: drafts))
            }
        }
        return parts
    }

    private func count(of collection: ScenarioCollection) -> Int {
        let counts = Self.shares.map { ($0.collection, rows * $0.hundredths / 100) }
        let rest = rows - counts.reduce(0) { $0 + $1.1 }
        return (counts.first { $0.0 == collection }?.1 ?? 0) + (collection == Self.shares[0].collection ? rest : 0)
    }

    private func draft(_ collection: ScenarioCollection, _ index: Int) throws -> ScenarioDraft {
        let name = collection == .dispatch ? "dispatches" : collection.rawValue
        guard let table = tables[name] else { preconditionFailure("the generator has every collection") }
        var members: [String: JSONValue] = [:]
        for (name, value) in zip(table.columnNames, table.rows[index]) where name != "tenant_id" {
            members[name] = JSONValue(value)
        }
        let number = ScenarioCalendar.padded(index + 1, to: 9)
        return try ScenarioDraft(
            id: "\(collection.rawValue).\(number)", payload: ScenarioPayload(.object(members)))
    }
}

extension JSONValue {
    fileprivate init(_ value: ScenarioValue) {
        switch value {
        case .null: self = .null
        case .integer(let integer): self = .integer(integer)
        case .real(let real): self = .double(real)
        case .text(let text): self = .string(text)
        }
    }
}
