import SlipwayPostgres
import SlipwaySQL

/// Who has rows in the target, by the owner's count.
struct TargetCensus {
    struct Counts: Sendable {
        fileprivate(set) var byTable: [String: [TenantName: Int]] = [:]

        /// Every tenant that has a row in a table, also one that the source does not know.
        func tenants(of table: TableMapping) -> [TenantName] {
            (byTable[table.source] ?? [:]).keys.sorted()
        }

        mutating func merge(_ other: Counts) {
            byTable.merge(other.byTable) { own, _ in own }
        }

        func rows(_ table: String, _ tenant: TenantName) -> Int {
            byTable[table]?[tenant] ?? 0
        }
    }

    private let side: TargetSide

    init(_ names: TargetNames) {
        side = TargetSide(names: names)
    }

    func counts(of tables: [TableMapping], on connection: PostgresConnection) throws -> Counts {
        var counts = Counts()
        for table in tables {
            guard try exists(table, on: connection) else {
                throw CutoverError.blocked("the target has no table \(table.target): run `slipway cutover copy` first")
            }
            counts.byTable[table.source] = try side.census(of: table, on: connection)
        }
        return counts
    }

    private func exists(_ table: TableMapping, on connection: PostgresConnection) throws -> Bool {
        try connection.query("SELECT to_regclass($1) IS NOT NULL", [.text(side.names.table(table.target))]).text(0, 0)
            == "t"
    }
}
