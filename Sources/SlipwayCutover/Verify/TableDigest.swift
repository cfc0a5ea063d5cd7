package import SlipwayDomain

/// One side's digest of a table: a sum for each tenant and bucket.
package struct TableDigest: Sendable, Equatable {
    static let buckets = 64

    package let table: String
    /// By tenant as the setting names it; each tenant's sums by bucket.
    private(set) var tenants: [TenantName: [RowSum]] = [:]

    init(table: String) {
        self.table = table
    }

    mutating func set(_ sums: [RowSum], of tenant: TenantName) {
        tenants[tenant] = sums
    }

    package var rows: Int {
        tenants.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.rows } }
    }

    package func rows(of tenant: TenantName) -> Int {
        tenants[tenant]?.reduce(0) { $0 + $1.rows } ?? 0
    }

    package var tenantNames: [TenantName] { tenants.keys.sorted() }

    /// SHA-256 over the table's name and, tenant by tenant in byte order, name and total.
    package var digest: Digest {
        var builder = DigestBuilder()
        builder.update(Array(table.utf8) + [0])
        for tenant in tenants.keys.sorted() {
            var total = RowSum()
            for sum in tenants[tenant] ?? [] { total.add(sum) }
            guard total.rows > 0 else { continue }
            builder.update(Array(tenant.text.utf8) + [0] + total.bytes)
        }
        return builder.finalize()
    }

    /// SHA-256 over one tenant's total.
    package func digest(of tenant: TenantName) -> Digest {
        var total = RowSum()
        for sum in tenants[tenant] ?? [] { total.add(sum) }
        return Digest(sha256Of: total.bytes)
    }

    /// Tenants and buckets where the two sides do not agree.
    func differing(from other: TableDigest) -> [(tenant: TenantName, bucket: Int)] {
        let empty = [RowSum](repeating: RowSum(), count: TableDigest.buckets)
        let names = Set(tenants.keys).union(other.tenants.keys).sorted()
        return names.flatMap { tenant in
            let pairs = zip(tenants[tenant] ?? empty, other.tenants[tenant] ?? empty).enumerated()
            return pairs.filter { $0.element.0 != $0.element.1 }.map { (tenant, $0.offset) }
        }
    }
}

/// The digest of a whole snapshot: SHA-256 over its tables' digests in the order of their names.
package enum SnapshotDigest {
    package static func digest(of tables: [TableDigest]) -> Digest {
        var builder = DigestBuilder()
        for table in tables.sorted(by: { $0.table.utf8.lexicographicallyPrecedes($1.table.utf8) }) {
            builder.update(Array(table.digest.hex.utf8) + [0x0A])
        }
        return builder.finalize()
    }
}
