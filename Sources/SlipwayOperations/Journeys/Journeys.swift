package import SlipwayDomain
import SlipwaySQL
package import SlipwayStore

/// Manages the journeys of a workspace, and answers where one stands.
package struct Journeys: Sendable {
    let changes: LoggedChanges
    let sources: JourneySources
    let evidence: EvidenceLog

    package init(_ changes: LoggedChanges, sources: JourneySources, evidence: EvidenceLog) {
        self.changes = changes
        self.sources = sources
        self.evidence = evidence
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case nameTaken(String)
        /// From and to have to be two.
        case nowhere

        package var description: String {
            switch self {
            case .nameTaken(let name): "there is a journey \(name) already"
            case .nowhere: "a journey goes from one environment to another"
            }
        }
    }

    package func add(
        name: String, from: JourneyEnvironment, to: JourneyEnvironment, _ context: OperationContext
    ) async throws -> Journey {
        try context.require(.runCutover, on: nil, orHide: .workspace)
        guard from != to else { throw Failure.nowhere }
        do {
            return try await changes(in: RowScope(context.scope)) { change in
                let row = JourneyRow(id: try change.id(), name: name, from: from, to: to, createdAt: change.now)
                try JourneyStore.add(row, to: context.workspace, change.transaction)
                try change.log(.runCutover, "journey \(name)", by: context)
                return journey(row)
            }
        } catch DatabaseError.unique {
            throw Failure.nameTaken(name)
        }
    }

    package func all(_ context: OperationContext) async throws -> [Journey] {
        try await changes.database.scoped(to: context.scope).read { try JourneyStore.all(in: context.scope, $0) }
            .map(journey)
    }

    /// The journey of that name, without where it stands.
    package func journey(_ name: String, _ context: OperationContext) async throws -> Journey {
        let row = try await changes.database.scoped(to: context.scope).read {
            try JourneyStore.journey(named: name, in: context.scope, $0)
        }
        guard let row else { throw NotFound.journey(name) }
        return journey(row)
    }

    /// The decisions behind one of that number, oldest first, and whether there are more. `read` gives the number and how
    /// many.
    package func decisions(
        of name: String, _ context: OperationContext, reading read: () throws -> (after: Int64, limit: Int)
    ) async throws -> (decisions: [SignedDecision], hasMore: Bool) {
        let journey = try await journey(name, context).id
        let (after, limit) = try read()
        let found = try await changes.database.scoped(to: context.scope).read {
            try DecisionStore.page(of: journey, after: after, limit: limit + 1, $0)
        }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    /// Says which cutover moves the journey's data. Evidence of another counts no more.
    package func use(
        cutover: (name: String, file: String), in name: String, _ context: OperationContext
    ) async throws {
        try context.require(.runCutover, on: nil, orHide: .journey(name))
        try await changes(in: RowScope(context.scope)) { change in
            let row = try change.journey(named: name, context)
            try JourneyStore.set(cutover: cutover, of: row.id, change.transaction)
            try change.log(.runCutover, "journey \(name): cutover \(cutover.name)", by: context)
        }
    }

    /// Says who owes what. What somebody accepted who does not owe it any more has to be accepted anew.
    package func setPeople(
        of name: String, _ context: OperationContext, change edit: @escaping @Sendable (inout JourneyPeople) -> Void
    ) async throws {
        try context.require(.approveCutover, on: nil, orHide: .journey(name))
        try await changes(in: RowScope(context.scope)) { change in
            let row = try change.journey(named: name, context)
            var people = row.people
            edit(&people)
            try JourneyStore.set(people: people, of: row.id, change.transaction)
            try change.log(.approveCutover, "journey \(name): who owes what", by: context)
        }
    }

    /// The journey as it stands now. Nothing of it is stored: it is read anew.
    package func standing(_ name: String, _ context: OperationContext) async throws -> JourneyStanding {
        let scope = context.scope
        let found = try await changes.database.scoped(to: scope).read {
            transaction -> (JourneyRow, [SignedDecision])? in
            guard let row = try JourneyStore.journey(named: name, in: scope, transaction) else { return nil }
            return (row, try DecisionStore.all(of: row.id, transaction))
        }
        guard let (row, decisions) = found else { throw NotFound.journey(name) }
        let journey = journey(row)
        let sealed = try await evidence.newest(scope: name)
        var packets = try await newest(of: journey.cutover)
        packets[.releaseHandoff] = sealed[.releaseHandoff]
        let record = JourneyRecord(
            journey: journey, contracts: sources.contracts, session: await sources.session(), packets: packets,
            decisions: decisions)
        return JourneyStanding(record: record, sealed: sealed, at: changes.clock.now())
    }

    private func newest(of cutover: Journey.Cutover?) async throws -> [PacketKind: Packet] {
        guard let cutover else { return [:] }
        return try await evidence.newest(scope: cutover.name)
    }

    private func journey(_ row: JourneyRow) -> Journey {
        Journey(
            id: row.id, name: row.name, from: row.from, to: row.to,
            cutover: row.cutover.map {
                Journey.Cutover(name: $0.name, file: $0.file, manifest: sources.manifest($0.file))
            }, people: row.people, createdAt: row.createdAt)
    }
}

/// A journey at one moment: what is known of it, what that comes to, and what of it is sealed.
package struct JourneyStanding: Sendable {
    package let record: JourneyRecord
    package let board: Board
    /// The newest packet of each kind that the journey itself left.
    package let sealed: [PacketKind: Packet]

    init(record: JourneyRecord, sealed: [PacketKind: Packet], at now: Timestamp) {
        self.record = record
        self.sealed = sealed
        board = Board.compute(.bundled, readings: record.readings, at: now)
    }

    package var packets: JourneyPackets { JourneyPackets(record, board) }
}

extension LoggedChanges.Change {
    func journey(named name: String, _ context: OperationContext) throws -> JourneyRow {
        guard let row = try JourneyStore.journey(named: name, in: context.scope, transaction) else {
            throw NotFound.journey(name)
        }
        return row
    }
}
