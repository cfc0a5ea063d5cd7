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

    func lost(by worker: Int) -> [Int] {
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
