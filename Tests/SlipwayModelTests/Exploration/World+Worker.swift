import SlipwayDomain

/// What a worker does with a run.
extension World {
    mutating func claim(_ worker: Int, _ run: Int, _ flaw: Flaw?) {
        let owner = Owner(worker: worker, life: workers[worker].life)
        apply(.claimed, to: run)
        runs[run].owner = owner
        if flaw == .identityWithoutRunning { holds["=\(runs[run].work.request.identity)"] = nil }
        let effects = runs[run].effect.map { ["i": $0] } ?? [:]
        let work = RunWork(
            cancel: runs[run].machine.cancel, items: [RunItem(key: "i", status: runs[run].item)], effects: effects)
        workers[worker].hands[run] = Hand(owner: owner, fence: runs[run].machine.fence, work: work)
    }

    /// Whether a write is taken: only under the fence of the newest claim, while the run is running.
    mutating func holdsRun(_ hand: Hand, _ run: Int, _ flaw: Flaw?) -> Bool {
        let isCurrent = runs[run].machine.fence == hand.fence && runs[run].machine.status == .running
        if flaw == .noFence, runs[run].machine.status == .running {
            if !isCurrent { fault = "a late write of worker \(hand.owner.worker) changed run \(run)" }
            return true
        }
        return isCurrent
    }

    mutating func write(_ worker: Int, _ run: Int, _ flaw: Flaw?) {
        guard var hand = workers[worker].hands[run] else { return }
        guard holdsRun(hand, run, flaw) else {
            workers[worker].hands[run] = nil
            return
        }
        switch hand.pending {
        case .answered: settle(&hand, run, .done)
        case .unanswered: settle(&hand, run, .unknown)
        case .call: return
        case .none:
            // What the store knows of a cancellation reaches the worker with its beat.
            if runs[run].machine.cancel == .requested { hand.work.cancel = .requested }
            if advance(&hand, run, flaw, by: worker) { return }
        }
        workers[worker].hands[run] = hand
    }

    /// Takes the step that `RunWork` decides on. True when the run is over for this worker.
    mutating func advance(_ hand: inout Hand, _ run: Int, _ flaw: Flaw?, by worker: Int) -> Bool {
        switch hand.work.next {
        case .plan: fault = "a planned run is planned again"
        case .acknowledgeCancel:
            apply(.cancelAcknowledged, to: run)
            hand.work.cancel = .acknowledged
        case .observe: settle(&hand, run, runs[run].changes > 0 ? .done : .notDone)
        case .perform:
            runs[run].effect = .intended
            hand.work.effects["i"] = .intended
            hand.pending = .call
        case .finish(let outcome, let reason):
            apply(.finished(outcome, reason), to: run)
            complete(run)
            hand.mustRelease = flaw == .counterForHolds
            workers[worker].hands[run] = hand.mustRelease ? hand : nil
            return true
        }
        return false
    }

    mutating func settle(_ hand: inout Hand, _ run: Int, _ state: EffectState) {
        runs[run].effect = state
        hand.work.effects["i"] = state
        hand.pending = .none
        guard state == .done else { return }
        runs[run].item = .succeeded
        hand.work.settle("i", ItemResult(.succeeded))
    }

    mutating func call(_ worker: Int, _ run: Int, _ isAnswered: Bool) {
        runs[run].changes += 1
        if !isAnswered {
            lossesLeft -= 1
            misfortunesLeft -= 1
        }
        workers[worker].hands[run]?.pending = isAnswered ? .answered : .unanswered
    }

    mutating func release(_ worker: Int, _ run: Int) {
        for scope in runs[run].work.scopes { counts[scope, default: 0] -= 1 }
        workers[worker].hands[run] = nil
    }
}
