import SlipwayDomain
import SlipwaySQL

/// Writes a tenant's snapshot from one transaction, some hundreds of rows in memory at a time.
enum ScenarioExport {
    private static let atOnce = 500

    /// `transaction` is nil where nothing was ever written: that is a snapshot too, of no rows.
    static func write(
        of tenant: ScenarioTenant, _ transaction: (any Transaction)?, to sink: ([UInt8]) throws -> Void
    ) throws -> ScenarioSnapshotSummary {
        var text = ScenarioSnapshotText(of: tenant)
        let actors = try transaction.map { try ScenarioReads.actors(of: tenant, $0) } ?? []
        try sink(text.opening(actors.isEmpty ? ScenarioClaim.bundled : actors))
        for collection in ScenarioCollection.counted {
            try sink(text.collection(collection))
            guard let transaction else { continue }
            var last = ""
            while true {
                let rows = try ScenarioReads.byID(collection, of: tenant, after: last, limit: atOnce, transaction)
                try sink(rows.reduce(into: []) { $0 += try text.row($1) })
                guard rows.count == atOnce, let end = rows.last else { break }
                last = end.id
            }
        }
        try sink(text.closing())
        return text.summary
    }
}
