import SlipwayDomain

/// What can happen in a world, and what comes of it.
extension World {
    func steps(_ flaw: Flaw?) -> [Step] {
        var steps: [Step] = []
        if runs.count < Self.runLimit { steps += Work.allCases.map(Step.start) }
        if cancelsLeft > 0, misfortunesLeft > 0 {
            steps += runs.indices.filter { isActive($0) && runs[$0].machine.cancel == .none }.map { .cancel(run: $0) }
        }
        for worker in workers.indices { steps += self.steps(of: worker, flaw) }
        return steps
    }

    private func steps(of worker: Int, _ flaw: Flaw?) -> [Step] {
        let state = workers[worker]
        if state.isPaused { return [.wake(worker: worker)] + rescues(from: worker, flaw) }
        var steps: [Step] = []
        if crashesLeft > 0, misfortunesLeft > 0, !state.hands.isEmpty { steps.append(.crash(worker: worker)) }
        if pausesLeft > 0, misfortunesLeft > 0, !state.hands.isEmpty { steps.append(.pause(worker: worker)) }
        if !state.hasLease { steps.append(.beat(worker: worker)) }
        steps += rescues(from: worker, flaw)
        for run in runs.indices where runs[run].machine.status == .queued && state.hasLease {
            if state.hands[run] == nil { steps.append(.claim(worker: worker, run: run)) }
        }
        for (run, hand) in state.hands {
            if hand.mustRelease {
                steps.append(.release(worker: worker, run: run))
            } else if hand.pending == .call {
                guard state.hasLease || flaw == .noLeaseCheck else { continue }
                steps.append(.call(worker: worker, run: run, isAnswered: true))
                if lossesLeft > 0, misfortunesLeft > 0 {
                    steps.append(.call(worker: worker, run: run, isAnswered: false))
                }
            } else {
                steps.append(.write(worker: worker, run: run))
            }
        }
        return steps
    }

    /// A worker's runs are taken off it once it is gone: stopped past its lease, or an earlier life of it.
    private func rescues(from worker: Int, _ flaw: Flaw?) -> [Step] {
        let lost = lost(by: worker)
        guard !lost.isEmpty else { return [] }
        if flaw == .batchRescue { return [.rescueAll(from: worker)] }
        return lost.map { .rescue(from: worker, run: $0) }
    }

    private func lost(by worker: Int) -> [Int] {
        runs.indices.filter { run in
            guard let owner = runs[run].owner, owner.worker == worker else { return false }
            return workers[worker].isPaused || owner.life < workers[worker].life
        }
    }

    func after(_ step: Step, _ flaw: Flaw?) -> World {
        var next = self
        switch step {
        case .start(let work): next.start(work, flaw)
        case .claim(let worker, let run): next.claim(worker, run, flaw)
        case .write(let worker, let run): next.write(worker, run, flaw)
        case .call(let worker, let run, let isAnswered): next.call(worker, run, isAnswered)
        case .release(let worker, let run): next.release(worker, run)
        case .beat(let worker): next.beat(worker)
        case .pause(let worker):
            next.pausesLeft -= 1
            next.misfortunesLeft -= 1
            next.workers[worker].isPaused = true
            next.workers[worker].hasLease = false
        case .wake(let worker): next.workers[worker].isPaused = false
        case .crash(let worker):
            next.crashesLeft -= 1
            next.misfortunesLeft -= 1
            next.workers[worker] = Worker(life: workers[worker].life + 1)
        case .rescue(_, let run): next.rescue(run)
        case .rescueAll(let worker): next.rescueAll(from: worker)
        case .cancel(let run): next.cancel(run, flaw)
        }
        return next
    }
}

// MARK: The gate

extension World {
    private mutating func start(_ work: Work, _ flaw: Flaw?) {
        let request = work.request
        let facts = StartFacts(
            identical: holds["=\(request.identity)"].map(active),
            holds: request.scopes.compactMap { scope in
                if flaw == .counterForHolds {
                    return (counts[scope.name] ?? 0) > 0
                        ? ScopeHold(scope: scope.name, slot: 0, holder: active(0)) : nil
                }
                return holds[scope.name].map { ScopeHold(scope: scope.name, slot: 0, holder: active($0)) }
            })
        guard case .accepted = StartDecision(on: request, facts) else { return }
        runs.append(Run(work: work, machine: RunMachine(maxAttempts: 3)))
        apply(.accepted, to: runs.count - 1)
        holds["=\(request.identity)"] = runs.count - 1
        for scope in work.scopes {
            if flaw == .counterForHolds { counts[scope, default: 0] += 1 } else { holds[scope] = runs.count - 1 }
        }
    }

    private func active(_ run: Int) -> ActiveRun {
        guard let id = ID<OperationRun>(Int64(run + 1)) else { preconditionFailure("a run has a number") }
        return ActiveRun(
            id: id, identity: runs[run].work.request.identity, operation: "",
            status: runs[run].machine.status ?? .queued,
            since: Timestamp(microseconds: 0), progress: nil)
    }

    private mutating func complete(_ run: Int) {
        runs[run].owner = nil
        holds = holds.filter { $0.value != run }
    }

    private mutating func apply(_ event: RunEvent, to run: Int) {
        do { try runs[run].machine.receive(event) } catch { fault = "\(error)" }
    }
}

// MARK: The worker

extension World {
    private mutating func claim(_ worker: Int, _ run: Int, _ flaw: Flaw?) {
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
    private mutating func holdsRun(_ hand: Hand, _ run: Int, _ flaw: Flaw?) -> Bool {
        let isCurrent = runs[run].machine.fence == hand.fence && runs[run].machine.status == .running
        if flaw == .noFence, runs[run].machine.status == .running {
            if !isCurrent { fault = "a late write of worker \(hand.owner.worker) changed run \(run)" }
            return true
        }
        return isCurrent
    }

    private mutating func write(_ worker: Int, _ run: Int, _ flaw: Flaw?) {
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
    private mutating func advance(_ hand: inout Hand, _ run: Int, _ flaw: Flaw?, by worker: Int) -> Bool {
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

    private mutating func settle(_ hand: inout Hand, _ run: Int, _ state: EffectState) {
        runs[run].effect = state
        hand.work.effects["i"] = state
        hand.pending = .none
        guard state == .done else { return }
        runs[run].item = .succeeded
        hand.work.settle("i", ItemResult(.succeeded))
    }

    private mutating func call(_ worker: Int, _ run: Int, _ isAnswered: Bool) {
        runs[run].changes += 1
        if !isAnswered {
            lossesLeft -= 1
            misfortunesLeft -= 1
        }
        workers[worker].hands[run]?.pending = isAnswered ? .answered : .unanswered
    }

    private mutating func release(_ worker: Int, _ run: Int) {
        for scope in runs[run].work.scopes { counts[scope, default: 0] -= 1 }
        workers[worker].hands[run] = nil
    }
}

// MARK: Misfortune

extension World {
    /// A worker that finds itself struck off lets go of all it had, and goes on under a new number.
    private mutating func beat(_ worker: Int) {
        let isStruckOff = workers[worker].hands.contains { run, hand in runs[run].owner != hand.owner }
        workers[worker].hasLease = true
        guard isStruckOff else { return }
        workers[worker].life += 1
        workers[worker].hands = [:]
    }

    private mutating func rescue(_ run: Int) {
        guard run != Self.poisoned else { return }
        apply(.workerLost, to: run)
        runs[run].owner = nil
    }

    private mutating func rescueAll(from worker: Int) {
        let held = lost(by: worker)
        guard !held.contains(Self.poisoned) else { return }
        for run in held { rescue(run) }
    }

    private mutating func cancel(_ run: Int, _ flaw: Flaw?) {
        cancelsLeft -= 1
        misfortunesLeft -= 1
        apply(.cancelRequested, to: run)
        guard runs[run].machine.status == .completed else { return }
        complete(run)
        // Whoever cancels a queued run ends it: that end counts down at once.
        if flaw == .counterForHolds { for scope in runs[run].work.scopes { counts[scope, default: 0] -= 1 } }
    }
}
