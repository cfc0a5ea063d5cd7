import SlipwayDomain
import SlipwayStore

/// What a worker has in hand.
actor Roster {
    private struct Hand {
        let run: RunRecord
        let signals: RunSignals
    }

    let lease = WorkerLease()
    private var mint: IDMint
    private var hands: [ID<OperationRun>: Hand] = [:]
    private(set) var worker: ID<Worker>?

    init(mint: IDMint) {
        self.mint = mint
    }

    /// Tells every run in hand that it may be another worker's.
    func loseAll() {
        for hand in hands.values { hand.signals.lose() }
    }

    func becomeNew(at now: Timestamp) -> ID<Worker> {
        let id = mint.next(Worker.self, at: now)
        worker = id
        return id
    }

    /// Asks every run in hand to stop where it can, and to be handed back.
    func stopAll() {
        for hand in hands.values { hand.signals.stop() }
    }

    /// Cuts calls whose time is over.
    func cutLateCalls(at now: SteadyInstant) {
        for hand in hands.values { hand.signals.cutIfLate(at: now) }
    }

    var inHand: [ID<OperationRun>] { Array(hands.keys) }

    var isBusy: Bool { !hands.isEmpty }

    func room(upTo limit: Int) -> (ID<Worker>?, Int, RunClaims.Choice) {
        let hasSuspect = hands.values.contains { $0.run.machine.losses > 0 }
        return (worker, limit - hands.count, hasSuspect ? .unsuspected : .anyDue)
    }

    func took(_ runs: [RunRecord]) {
        for run in runs { hands[run.id] = Hand(run: run, signals: RunSignals(lease: lease)) }
    }

    func ended(_ run: ID<OperationRun>) {
        hands[run] = nil
    }

    func signals(of run: ID<OperationRun>) -> RunSignals {
        hands[run]?.signals ?? RunSignals()
    }

    func signalsIfHeld(of run: ID<OperationRun>) -> RunSignals? {
        hands[run]?.signals
    }

    /// How far each run is that said so.
    var progress: [(run: ID<OperationRun>, fence: Int64, RunProgress)] {
        hands.values.compactMap { hand in
            hand.signals.progress.map { (hand.run.id, hand.run.machine.fence, $0) }
        }
    }
}
