/// An active run, as a decision names it.
package struct ActiveRun: Hashable, Sendable {
    package let id: ID<OperationRun>
    package let identity: String
    package let operation: String
    package let status: RunStatus
    package let since: Timestamp
    package let progress: RunProgress?

    package init(
        id: ID<OperationRun>, identity: String, operation: String, status: RunStatus, since: Timestamp,
        progress: RunProgress?
    ) {
        self.id = id
        self.identity = identity
        self.operation = operation
        self.status = status
        self.since = since
        self.progress = progress
    }
}

/// A slot of a protected scope and the active run that holds it.
package struct ScopeHold: Hashable, Sendable {
    package let scope: String
    package let slot: Int
    package let holder: ActiveRun

    package init(scope: String, slot: Int, holder: ActiveRun) {
        self.scope = scope
        self.slot = slot
        self.holder = holder
    }
}

/// One thing that is missing, and what to do about it.
package struct Blocker: Hashable, Sendable {
    package let reason: ReasonCode
    /// What exactly is missing, when the reason does not say it all; never raw words of a provider.
    package let detail: String?

    package init(_ reason: ReasonCode, detail: String? = nil) {
        self.reason = reason
        self.detail = detail
    }
}

/// All that a decision is made from.
package struct StartFacts: Hashable, Sendable {
    /// The queued or running run with the same identity, if there is one.
    package var identical: ActiveRun?
    /// The holds there are on the scopes of the request.
    package var holds: [ScopeHold]
    /// Everything that is missing, not only the first.
    package var blockers: [Blocker]

    package init(identical: ActiveRun? = nil, holds: [ScopeHold] = [], blockers: [Blocker] = []) {
        self.identical = identical
        self.holds = holds
        self.blockers = blockers
    }
}

/// What the gate answers.
package enum StartDecision: Hashable, Sendable {
    /// May start, holding these slots, one of each scope.
    case accepted(slots: [ClaimedSlot])
    /// The same work is already under way.
    case deduped(ActiveRun)
    /// Others hold what it needs, all of them named.
    case scopeBusy([ScopeHold])
    case blocked([Blocker])

    /// The word for it on the wire.
    package var status: String {
        switch self {
        case .accepted: "accepted"
        case .deduped: "deduped"
        case .scopeBusy: "scope_busy"
        case .blocked: "blocked"
        }
    }
}

/// A free place in a scope, for a run to hold.
package struct ClaimedSlot: Hashable, Sendable {
    package let scope: String
    package let slot: Int

    package init(scope: String, slot: Int) {
        self.scope = scope
        self.slot = slot
    }
}

extension StartDecision {
    /// The gate's one decision: the same work first, then who is in the way, then what is missing.
    ///
    /// Several scopes are taken together or not at all: one that is full makes the whole start busy.
    package init(on request: StartRequest, _ facts: StartFacts) {
        if let identical = facts.identical {
            self = .deduped(identical)
            return
        }
        let places = request.scopes.map { scope in
            (scope, holds: facts.holds.filter { $0.scope == scope.name })
        }
        let full = places.filter { scope, holds in holds.count >= scope.slots }
        if !full.isEmpty {
            self = .scopeBusy(full.flatMap(\.holds))
        } else if !facts.blockers.isEmpty {
            self = .blocked(facts.blockers)
        } else {
            self = .accepted(
                slots: places.map { scope, holds in
                    let taken = Set(holds.map(\.slot))
                    // There is a free one: fewer than `slots` are taken.
                    let free = (0..<scope.slots).first { !taken.contains($0) } ?? 0
                    return ClaimedSlot(scope: scope.name, slot: free)
                })
        }
    }
}
