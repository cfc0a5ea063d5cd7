import SlipwaySQL
import SlipwaySQLite

/// Reads the source's rows in canonical form: for digests, and again for the rows a difference points at.
struct SourceSide {
    let file: SQLiteFile
    let schema: SourceSchema

    /// Visits every row of a table: its canonical form, its bucket and its tenant.
    func visit(
        _ table: TableMapping, _ body: (inout CanonicalRow, _ bucket: Int, _ tenantColumn: Int?) throws -> Void
    ) throws {
        guard let source = schema.table(table.source), let scan = TableScan(table, in: source) else {
            throw CutoverError.schemaChanged(table.source)
        }
        let shape = RowShape(table)
        let cursor = try scan.cursor(in: file)
        let repairers = table.columns.map { $0.repairs.isEmpty ? nil : Repairer() }
        let carriesRowID = table.carriesRowID
        let hasRepairs = repairers.contains { $0 != nil }
        var row = CanonicalRow(columns: shape.count)
        while try cursor.next() {
            row.removeAll()
            if carriesRowID { row.append(.integer(cursor.integer(0))) }
            for index in table.columns.indices {
                let cell = cursor.cell(scan.firstValue + Int32(index))
                if hasRepairs, let repairer = repairers[index] {
                    row.append(repairer.fitting(cell, table.columns[index]) ?? cell)
                } else {
                    row.append(cell)
                }
            }
            let bucket = Int(row.keyHash(shape.key) % UInt64(TableDigest.buckets))
            try body(&row, bucket, shape.tenant)
        }
    }

    func digest(of table: TableMapping, progress: (Int) -> Void = { _ in }) throws -> TableDigest {
        var sums = TenantSums()
        var pending = 0
        let constant = constantTenant(of: table)
        let constantBytes = Array(constant.text.utf8)
        try visit(table) { row, bucket, column in
            let tenant: Int
            if let column {
                let bytes = row.column(column)
                tenant = sums.index(of: bytes) { TenantName(canonical: bytes) }
            } else {
                tenant = constantBytes.withUnsafeBytes { bytes in sums.index(of: bytes) { constant } }
            }
            sums.add(row.bytes, tenant: tenant, bucket: bucket)
            pending += 1
            if pending == 8_192 {
                progress(pending)
                pending = 0
            }
        }
        progress(pending)
        return sums.digest(of: table.source)
    }

    /// The tenant of all rows of a table without a tenant column; shared rows are nobody's, named as such.
    func constantTenant(of table: TableMapping) -> TenantName {
        if case .constant(let value, _) = table.tenant { TenantName(value) } else { .shared }
    }
}

/// Which columns of a canonical row are its key and its tenant.
struct RowShape {
    let count: Int
    let key: [Int]
    let tenant: Int?

    init(_ table: TableMapping) {
        let offset = table.carriesRowID ? 1 : 0
        count = table.columns.count + offset
        key =
            table.carriesRowID
            ? [0] : table.key.compactMap { name in table.columns.firstIndex { $0.source == name }.map { $0 + offset } }
        if case .column(let name) = table.tenant {
            tenant = table.columns.firstIndex { $0.source == name }.map { $0 + offset }
        } else {
            tenant = nil
        }
    }
}
