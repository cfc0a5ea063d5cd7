import ArgumentParser
import SlipwaySQLite

struct FixtureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fixture", abstract: "Write the benchmark's SQLite file.")

    @Option var rows = 1_000_000
    @Option var tenants = 50
    @Option var seed: UInt64 = 1
    @Option var output: String

    func validate() throws {
        guard rows >= 1000, (1...99).contains(tenants) else {
            throw ValidationError("The fixture has at least 1,000 rows and 1 to 99 tenants.")
        }
    }

    func run() throws {
        let fixture = Fixture(seed: seed, tenants: tenants, rows: rows)
        let writer = try SQLiteBulkWriter(creating: output)
        for (table, count, row) in fixture.tables {
            try writer.execute(table.sqliteSQL)
            let written = try writer.insert(
                into: table.name, columns: table.columns.map(\.name), rows: (0..<count).lazy.map(row))
            print("\(table.name)\t\(written)")
        }
        try writer.close()
    }
}

/// SQL for the floor and for the bound, made from the same description as the fixture.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print SQL of the floor or the bound.")

    enum Part: String, ExpressibleByArgument, CaseIterable {
        case tables, constraints, policies, tenantReads = "tenant-reads", tableNames = "table-names"
    }

    @Argument var part: Part
    @Option var tenants = 50

    func run() throws {
        for table in FixtureTable.all {
            switch part {
            case .tables: print(table.plainSQL)
            case .constraints: print(table.keySQL, table.tenantIndexSQL, separator: "\n")
            case .policies: print(table.policySQL)
            case .tableNames: print(table.name)
            case .tenantReads: break
            }
        }
        if part == .constraints { FixtureTable.all.compactMap(\.referenceSQL).forEach { print($0) } }
        if part == .tenantReads { printTenantReads() }
    }

    private func printTenantReads() {
        for number in 1...tenants {
            print("SET bench.tenant = 'tenant-\(number < 10 ? "0" : "")\(number)';")
            for table in FixtureTable.all { print("COPY \(table.name) TO STDOUT (FORMAT binary);") }
        }
    }
}
