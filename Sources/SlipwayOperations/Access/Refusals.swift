package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Keeps what was refused: many in one transaction, as they come.
package struct Refusals: Sendable {
    private let writing: GroupCommit<AccessRecord, Void>

    package init(_ database: any Database, workspace: ID<Workspace>, clock: any WallClock, ids: IDSource) {
        let database = database.scoped(to: .all(of: workspace))
        writing = GroupCommit(limit: 256) { records in
            var entries: [AccessLog.NewEntry] = []
            for record in records {
                let id = await ids.next(AccessEntry.self, at: clock.now())
                entries.append(AccessLog.NewEntry(number: id.number, workspace: workspace, record))
            }
            let batch = entries
            try await database.write { try AccessLog.add(batch, $0) }
            return records.map { _ in }
        }
    }

    package func keep(_ record: AccessRecord) async throws {
        try await writing.submit(record)
    }
}
