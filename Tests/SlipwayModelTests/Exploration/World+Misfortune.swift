import SlipwayDomain

/// Beats, rescues and cancellations.
extension World {
    /// A worker that finds itself struck off lets go of all it had, and goes on under a new number.
    mutating func beat(_ worker: Int) {
        let isStruckOff = workers[worker].hands.contains { run, hand in runs[run].owner != hand.owner }
        workers[worker].hasLease = true
        guard isStruckOff else { return }
        workers[worker].life += 1
        workers[worker].hands = [:]
    }

    mutating func rescue(_ run: Int) {
        guard run != Self.poisoned else { return }
        apply(.workerLost, to: run)
        runs[run].owner = nil
    }

    mutating func rescueAll(from worker: Int) {
        let held = lost(by: worker)
        guard !held.contains(Self.poisoned) else { return }
        for run in held { rescue(run) }
    }

    mutating func cancel(_ run: Int, _ flaw: Flaw?) {
        cancelsLeft -= 1
        misfortunesLeft -= 1
        apply(.cancelRequested, to: run)
        guard runs[run].machine.status == .completed else { return }
        complete(run)
        // Whoever cancels a queued run ends it: that end counts down at once.
        if flaw == .counterForHolds { for scope in runs[run].work.scopes { counts[scope, default: 0] -= 1 } }
    }
}
