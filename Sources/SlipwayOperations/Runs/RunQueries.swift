package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// Shows runs to whoever may see them.
package struct RunQueries: Sendable {
    private let database: any Database

    package init(_ database: any Database) {
        self.database = database
    }

    /// A run with all that its page shows.
    package struct Detail: Sendable {
        package let run: RunRecord
        package let items: [(item: RunItem, facts: JSONValue?)]
        package let events: [RecordedEvent]
        package let connection: ConnectionFacts?
    }

    package func detail(_ id: ID<OperationRun>, _ context: OperationContext) async throws -> Detail {
        let detail = try await database.scoped(to: context.scope).read { transaction -> Detail? in
            guard let run = try RunReads.run(id, for: context.scope, in: transaction) else {
                return nil
            }
            return Detail(
                run: run, items: try RunReads.items(of: id, in: transaction),
                events: try RunReads.events(of: id, in: transaction),
                connection: try run.connection.flatMap {
                    try ConnectionReads.facts(of: $0, in: context.scope, transaction)
                })
        }
        guard let detail else { throw NotFound.run(id.description) }
        return detail
    }

    /// What changes whenever there is something new of a run: cheap to ask, for those who wait for it.
    package func mark(of id: ID<OperationRun>, _ context: OperationContext) async throws -> RunMark {
        let mark = try await database.scoped(to: context.scope).read {
            try RunReads.mark(of: id, for: context.scope, $0)
        }
        guard let mark else { throw NotFound.run(id.description) }
        return mark
    }

    /// The run as it is, with its events after a sequence; for those who follow it.
    package func follow(
        _ id: ID<OperationRun>, after sequence: Int64, _ context: OperationContext
    ) async throws -> (run: RunRecord, events: [RecordedEvent]) {
        let found = try await database.scoped(to: context.scope).read { transaction -> (RunRecord, [RecordedEvent])? in
            guard let run = try RunReads.run(id, for: context.scope, in: transaction) else {
                return nil
            }
            return (run, try RunReads.events(of: id, after: sequence, in: transaction))
        }
        guard let found else { throw NotFound.run(id.description) }
        return found
    }

    /// One page of runs, newest first, and the run to ask for the next page from; nil on the last.
    package func list(
        _ filter: RunReads.Filter, before: ID<OperationRun>? = nil, limit: Int
    ) async throws -> (runs: [RunRecord], next: ID<OperationRun>?) {
        let runs = try await database.scoped(to: filter.scope).read {
            try RunReads.list(filter, before: before, limit: limit + 1, in: $0)
        }
        let page = Array(runs.prefix(limit))
        return (page, runs.count > limit ? page.last?.id : nil)
    }
}
