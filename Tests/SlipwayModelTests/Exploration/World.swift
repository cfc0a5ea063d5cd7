import SlipwayDomain

/// The whole explored system at one moment: what is stored, what each worker has in hand, what the provider has.
struct World: Hashable {
    /// A worker as the roll has it: a process that is started anew, or was struck off, gets the next number.
    struct Owner: Hashable {
        let worker: Int
        let life: Int
    }

    struct Run: Hashable {
        let work: Work
        var machine: RunMachine
        var owner: Owner?
        var item = ItemStatus.planned
        var effect: EffectState?
        /// How often the provider made the change.
        var changes = 0
    }

    /// A claimed run in a worker's memory.
    struct Hand: Hashable {
        enum Pending: Hashable {
            case none
            case call
            case answered
            case unanswered
        }

        let owner: Owner
        let fence: Int64
        var work: RunWork
        var pending = Pending.none
        var mustRelease = false
    }

    struct Worker: Hashable {
        var life = 0
        var isPaused = false
        /// Whether the last beat is younger than the lease, by its own clock.
        var hasLease = true
        var hands: [Int: Hand] = [:]
    }

    var runs: [Run] = []
    var workers = [Worker(), Worker()]
    /// The holds there are: by scope, or by identity as `=…`, the run.
    var holds: [String: Int] = [:]
    /// For the flaw that counts instead.
    var counts: [String: Int] = [:]
    var crashesLeft = 1
    var pausesLeft = 1
    var cancelsLeft = 1
    var lossesLeft = 1
    /// How many of these there may be in all.
    var misfortunesLeft: Int
    /// What went wrong in the last step, when it can be told at once.
    var fault: String?

    static let runLimit = 3
    /// A run whose row no rescue can change: others must not suffer for it.
    static let poisoned = 0

    func isActive(_ run: Int) -> Bool { runs[run].machine.status != .completed }
}

// MARK: What must hold

extension World {
    /// What is wrong with this state; nil when nothing is.
    var violation: String? {
        if let fault { return fault }
        for run in runs.indices where runs[run].changes > 1 { return "run \(run)'s change was made twice" }
        for run in runs.indices where runs[run].machine.outcome == .succeeded && runs[run].changes == 0 {
            return "run \(run) succeeded, and the provider has nothing"
        }
        let active = runs.indices.filter(isActive)
        for (index, run) in active.enumerated() {
            for other in active.dropFirst(index + 1) {
                if runs[run].work == runs[other].work {
                    return "the same work is under way twice: runs \(run), \(other)"
                }
                let shared = Set(runs[run].work.scopes).intersection(runs[other].work.scopes)
                if let scope = shared.min() { return "runs \(run) and \(other) overlap in scope \(scope)" }
            }
        }
        return holdViolation(active)
    }

    private func holdViolation(_ active: [Int]) -> String? {
        for (scope, run) in holds.sorted(by: { $0.key < $1.key }) where !isActive(run) {
            return "\(scope) is held by run \(run), which is over"
        }
        for (scope, count) in counts.sorted(by: { $0.key < $1.key }) {
            let holders = active.count { runs[$0].work.scopes.contains(scope) }
            let releasing = workers.flatMap(\.hands).count { run, hand in
                hand.mustRelease && runs[run].work.scopes.contains(scope)
            }
            if count != holders + releasing { return "scope \(scope) counts \(count) for \(holders) active runs" }
        }
        return nil
    }

    /// Whether every run is over that is not beyond help.
    var isSettled: Bool {
        runs.indices.allSatisfy { !isActive($0) || $0 == Self.poisoned }
    }
}
