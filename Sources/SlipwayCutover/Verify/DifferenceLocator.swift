import SlipwayPostgres
import SlipwaySQLite

/// Turns "these buckets differ" into rows and columns, by reading those buckets of both sides side by side.
struct DifferenceLocator {
    let source: SourceSide
    let target: TargetSide
    /// How many differences are named; more are only counted.
    let limit: Int

    /// The differences of one table. Memory holds one bucket's rows of one tenant at a time.
    func differences(
        in table: TableMapping, at places: [(tenant: TenantName, bucket: Int)], on connection: PostgresConnection
    ) throws -> [Difference] {
        var found: [Difference] = []
        var remaining = places[...]
        while let first = remaining.first, found.count < limit {
            // A tenant's buckets together cost one pass over the source instead of one each.
            let group = remaining.prefix { $0.tenant == first.tenant }.prefix(16)
            remaining = remaining.dropFirst(group.count)
            found += try differences(in: table, tenant: first.tenant, buckets: Set(group.map(\.bucket)), on: connection)
        }
        return Array(found.prefix(limit))
    }

    private func differences(
        in table: TableMapping, tenant: TenantName, buckets: Set<Int>, on connection: PostgresConnection
    ) throws -> [Difference] {
        let shape = RowShape(table)
        let constant = source.constantTenant(of: table)
        var wanted: [[UInt8]: [UInt8]] = [:]
        try source.visit(table) { row, bucket, column in
            guard buckets.contains(bucket) else { return }
            let owner = column.map { TenantName(canonical: row.column($0)) } ?? constant
            if owner == tenant { wanted[key(of: row, shape)] = Array(row.bytes) }
        }
        var found: [Difference] = []
        try target.asTenant(tenant, on: connection) {
            try target.visit(table, tenant: tenant, on: connection) { row, bucket in
                guard buckets.contains(bucket) else { return }
                let key = key(of: row, shape)
                if let expected = wanted.removeValue(forKey: key) {
                    found += changes(table, tenant, key, expected, Array(row.bytes))
                } else {
                    found.append(whole(.extra, table, tenant, key))
                }
            } foreign: {
            }
        }
        found += wanted.keys.map { whole(.missing, table, tenant, $0) }
        return found.sorted { ($0.key, $0.column ?? "") < ($1.key, $1.column ?? "") }
    }

    private func key(of row: CanonicalRow, _ shape: RowShape) -> [UInt8] {
        shape.key.flatMap { Array(row.column($0)) }
    }

    private func keyText(_ table: TableMapping, _ key: [UInt8]) -> String {
        key.withUnsafeBytes { bytes in
            zip(table.key, CanonicalCells.cells(of: bytes)).map { "\($0)=\(ValueShape.key($1))" }.joined(
                separator: ", ")
        }
    }

    private func whole(_ kind: Difference.Kind, _ table: TableMapping, _ tenant: TenantName, _ key: [UInt8])
        -> Difference
    {
        Difference(kind: kind, table: table.source, tenant: tenant.text, key: keyText(table, key))
    }

    private func changes(
        _ table: TableMapping, _ tenant: TenantName, _ key: [UInt8], _ source: [UInt8], _ target: [UInt8]
    ) -> [Difference] {
        guard source != target else { return [] }
        let names = (table.carriesRowID ? [TableMapping.rowIDColumn] : []) + table.columns.map(\.source)
        return source.withUnsafeBytes { sourceBytes in
            target.withUnsafeBytes { targetBytes in
                let cells = zip(CanonicalCells.cells(of: sourceBytes), CanonicalCells.cells(of: targetBytes))
                return zip(names, cells).filter { !$0.1.0.isIdentical(to: $0.1.1) }.map { name, pair in
                    Difference(
                        kind: .changed, table: table.source, tenant: tenant.text, key: keyText(table, key),
                        column: name,
                        source: ValueShape.text(of: pair.0), target: ValueShape.text(of: pair.1))
                }
            }
        }
    }
}
