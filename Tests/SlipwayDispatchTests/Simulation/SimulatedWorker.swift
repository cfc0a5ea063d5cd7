import SlipwayDomain
import SlipwayEngine
import SlipwayStore

/// A worker whose every step is taken by the simulation: what `WorkerService` does with tasks and timers.
struct SimulatedWorker {
    let id: ID<Worker>
    let lease = WorkerLease()
    var lookout = Lookout(leaseMilliseconds: 9000)
    /// The simulation's time at which it goes on; until then it does nothing, its beats included.
    var stoppedUntil: SteadyInstant?
    var hands: [(driver: RunDriver, signals: RunSignals, run: ID<OperationRun>)] = []
    var hasSuspect = false

    /// Whether its process is there; after a crash it is not, and another takes its place.
    var isThere = true

    mutating func take(_ runs: [RunRecord], _ tools: DriverTools) {
        for run in runs {
            let signals = RunSignals(lease: lease)
            hands.append((RunDriver(run, tools: tools, signals: signals), signals, run.id))
        }
    }
}
