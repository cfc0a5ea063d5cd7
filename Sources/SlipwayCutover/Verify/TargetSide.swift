import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

/// Reads the target's rows as the application role, through the policies, one tenant at a time, back into the
/// source's canonical form.
struct TargetSide {
    let names: TargetNames

    /// Visits the rows of a table that one tenant sees. A row that shows another tenant's name is reported to
    /// `foreign` instead: the policies have failed.
    func visit(
        _ table: TableMapping, tenant: TenantName, on connection: PostgresConnection,
        _ body: (inout CanonicalRow, _ bucket: Int) throws -> Void, foreign: () -> Void
    ) throws {
        let shape = RowShape(table)
        let codecs = table.columns.map(\.codec)
        let scratch = ByteBuffer()
        var row = CanonicalRow(columns: shape.count)
        var reader = TupleReader()
        let list = PostgresText.list(TableDefinition.columnNames(of: table))
        /// The tenant as the rows have it, once the first of them has shown it.
        var mine: [UInt8] = []
        let expected = Array(tenant.text.utf8)
        let carriesRowID = table.carriesRowID
        let constant = if case .constant = table.tenant { true } else { false }
        try connection.copyOut("COPY (SELECT \(list) FROM \(names.table(table.target))) TO STDOUT (FORMAT binary)") {
            chunk in
            guard let tuple = try reader.tuple(in: chunk) else { return }
            var fields = FieldReader(tuple)
            row.removeAll()
            scratch.removeAll()
            if constant {
                guard let field = try fields.next(), field.elementsEqual(expected) else { return foreign() }
            }
            if carriesRowID {
                guard let field = try fields.next(), field.count == 8 else {
                    throw CutoverError.protocolFault("a rowid that is none")
                }
                row.append(.integer(field.bigEndian(0, as: Int64.self)))
            }
            for codec in codecs {
                guard let field = try fields.next() else {
                    row.append(.null)
                    continue
                }
                guard let cell = codec.decode(field, scratch: scratch) else {
                    throw CutoverError.protocolFault("a \(codec.type.sql) of \(field.count) bytes in \(table.target)")
                }
                row.append(cell)
            }
            if let column = shape.tenant, !row.column(column).elementsEqual(mine) {
                guard TenantName(canonical: row.column(column)) == tenant else { return foreign() }
                mine = Array(row.column(column))
            }
            try body(&row, Int(row.keyHash(shape.key) % UInt64(TableDigest.buckets)))
        }
    }

    /// One tenant's sums of a table, and how many rows of others it saw.
    func sums(
        of table: TableMapping, tenant: TenantName, on connection: PostgresConnection,
        progress: (Int) -> Void = { _ in }
    ) throws -> (sums: [RowSum], foreign: Int) {
        var sums = [RowSum](repeating: RowSum(), count: TableDigest.buckets)
        var foreign = 0
        var pending = 0
        try asTenant(tenant, on: connection) {
            try visit(table, tenant: tenant, on: connection) { row, bucket in
                sums[bucket].add(row.bytes)
                pending += 1
                if pending == 8_192 {
                    progress(pending)
                    pending = 0
                }
            } foreign: {
                foreign += 1
            }
        }
        progress(pending)
        return (sums, foreign)
    }

    /// Runs the body in a read-only transaction as the application role, with the tenant named as the
    /// application names it.
    func asTenant<Value>(
        _ tenant: TenantName, on connection: PostgresConnection, _ body: () throws -> Value
    ) throws -> Value {
        try connection.scope("READ ONLY") {
            try connection.run("SET LOCAL ROLE \(SQL.quoted(names.application))")
            try nameTenant(tenant, on: connection)
            return try body()
        }
    }

    func nameTenant(_ tenant: TenantName, on connection: PostgresConnection) throws {
        _ = try connection.query("SELECT set_config($1, $2, true)", [.text(names.tenantSetting), .text(tenant.text)])
    }

    /// How many rows each tenant has, counted by the owner with the policies lifted: finds rows that no
    /// application session could see.
    func census(of table: TableMapping, on connection: PostgresConnection) throws -> [TenantName: Int] {
        let name = names.table(table.target)
        return try connection.scope("") {
            try connection.run("SET LOCAL ROLE \(SQL.quoted(names.owner))")
            try connection.run("ALTER TABLE \(name) NO FORCE ROW LEVEL SECURITY")
            defer { try? connection.run("ALTER TABLE \(name) FORCE ROW LEVEL SECURITY") }
            guard let column = table.tenantColumn else {
                return [
                    .shared: Int(try connection.query("SELECT count(*) FROM \(name)").integer(0, 0) ?? 0)
                ]
            }
            let result = try connection.query(
                "SELECT \(SQL.quoted(column))::text, count(*) FROM \(name) GROUP BY 1")
            var counts: [TenantName: Int] = [:]
            for row in 0..<result.count {
                counts[result.text(row, 0).map { TenantName($0) } ?? .missing] = Int(result.integer(row, 1) ?? 0)
            }
            return counts
        }
    }
}
