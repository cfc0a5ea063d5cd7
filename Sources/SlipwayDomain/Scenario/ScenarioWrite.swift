/// Something somebody wants written, all of it or none.
package struct ScenarioWrite: Sendable {
    package enum Change: Sendable {
        /// Rows that are to be there. One that is there with this payload already is left as it is.
        case append([ScenarioDraft])
        /// Another payload for a row that is in one of these versions; nil for in any.
        case update(ScenarioDraft, in: Set<Int64>?)
    }

    package static let mostRows = 1000

    package let collection: ScenarioCollection
    package let change: Change
    package let actor: String
    /// The role the actor writes in, for the audit event; nil for none.
    package let role: String?
    /// Whether rows of other actors are as if they were not there.
    package let isOwnOnly: Bool

    /// Throws for more rows than one write takes, for none, and for an actor without a proper name.
    package init(
        _ change: Change, to collection: ScenarioCollection, by actor: String, as role: String?, isOwnOnly: Bool = false
    ) throws(ScenarioRefusal) {
        if case .append(let drafts) = change, !(1...Self.mostRows).contains(drafts.count) {
            throw .rowCount(drafts.count)
        }
        guard ScenarioText.isName(actor) else { throw .actor }
        self.collection = collection
        self.change = change
        self.actor = actor
        self.role = role
        self.isOwnOnly = isOwnOnly
    }

    package var drafts: [ScenarioDraft] {
        switch change {
        case .append(let drafts): drafts
        case .update(let draft, _): [draft]
        }
    }

    /// As the audit event names it.
    var action: String {
        switch change {
        case .append: "\(collection.rawValue).append"
        case .update: "\(collection.rawValue).update"
        }
    }
}

/// What became of one row of a write.
package enum ScenarioOutcome: Hashable, Sendable {
    /// It is stored with the payload that was sent, by this write or by one before it.
    case stored(ScenarioRow)
    /// Another payload is stored under that id, in this version; nil when the row is not the actor's to see.
    case conflict(id: String, version: Int64?)
    /// There is no row of that id to update.
    case absent(id: String)
    /// Nothing stood in its way, and it is not stored, because something stood in the way of another row.
    case held(id: String)
}

/// What became of a write: an outcome for each of its rows, in order.
package struct ScenarioAnswer: Hashable, Sendable {
    package let outcomes: [ScenarioOutcome]
    /// How many rows it wrote; 0 for a write that was made before.
    package let written: Int

    package init(outcomes: [ScenarioOutcome], written: Int) {
        self.outcomes = outcomes
        self.written = written
    }

    /// The rows, when all of them are stored.
    package var rows: [ScenarioRow]? {
        let rows = outcomes.compactMap { if case .stored(let row) = $0 { row } else { nil } }
        return rows.count == outcomes.count ? rows : nil
    }
}
