package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// What every run of a worker is driven with.
package struct DriverTools: Sendable {
    let database: any Database
    let registry: OperationRegistry
    let adapters: [String: any Adapter]
    let evidence: EvidenceLog
    let clock: any WallClock
    let steady: any SteadyClock
    let endings: GroupCommit<RunEnding, Bool>
    private let seed: UInt64

    /// `adapters` by operation type; `random` is any number, from which pauses take their jitter.
    package init(
        database: any Database, registry: OperationRegistry, adapters: [String: any Adapter], evidence: EvidenceLog,
        clock: any WallClock, steady: any SteadyClock, random: UInt64
    ) {
        let database = database.scoped(to: .system)
        self.database = database
        self.registry = registry
        self.adapters = adapters
        self.evidence = evidence
        self.clock = clock
        self.steady = steady
        seed = random
        endings = GroupCommit(limit: 256, lanes: database.dialect == .sqlite ? 1 : 2) { endings in
            let now = clock.now()
            let ended = try await database.write { transaction in
                try RunCompletion.complete(endings, at: now, in: transaction)
            }
            return endings.map { ended.contains($0.run) }
        }
    }

    /// A number for the jitter of one pause: differs by run, attempt and process.
    func jitter(of run: ID<OperationRun>, attempt: Int) -> UInt64 {
        var mixed = seed ^ UInt64(bitPattern: run.number) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(attempt)
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ mixed >> 27
    }
}
