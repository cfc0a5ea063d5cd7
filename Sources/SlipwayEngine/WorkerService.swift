package import Logging
import ServiceLifecycle
import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Carries out runs: takes what is due, drives each to its end, and takes over from workers that are gone.
///
/// It holds nothing that is not in the database: killed at any moment, another goes on.
package struct WorkerService: Service {
    private let tools: DriverTools
    private let host: HostPresence
    private let settings: WorkerSettings
    private let roster: Roster
    private let logger: Logger
    /// Wakes the worker when something may be due.
    package let wake = Wake()

    package init(
        _ tools: DriverTools, host: HostPresence, settings: WorkerSettings = WorkerSettings(), random: UInt64,
        logger: Logger
    ) {
        self.tools = tools
        self.host = host
        self.settings = settings
        self.logger = logger
        roster = Roster(mint: IDMint(random: random))
    }

    /// Lets `run` come to its end, as a graceful shutdown does.
    package func stop() {
        wake.finish()
    }

    /// Works until it is told to stop; then lets runs end for the grace that is set, and hands back the others.
    package func run() async throws {
        try await enter()
        await withTaskGroup { group in
            group.addTask {
                await withGracefulShutdownHandler {
                    await beat()
                } onGracefulShutdown: {
                    stop()
                }
            }
            group.addTask { await poll() }
            await takeRuns()
            group.cancelAll()
        }
        await leave()
    }
}

// MARK: Taking runs

extension WorkerService {
    /// Wakes on a signal and on a timer, and takes as many due runs as there is room for.
    private func takeRuns() async {
        await withDiscardingTaskGroup { group in
            for await _ in wake.stream {
                while let taken = await takeDue() {
                    for run in taken {
                        group.addTask { await drive(run) }
                    }
                    await letRoomGather()
                }
            }
            await awaitGrace()
            await roster.stopAll()
        }
    }

    /// Runs end one by one; taking their successors a few milliseconds later takes many in one transaction. With room
    /// to spare nothing waits.
    private func letRoomGather() async {
        guard await roster.room(upTo: settings.concurrency).1 < settings.concurrency / 2 else { return }
        try? await Task.sleep(for: .milliseconds(settings.gatherMilliseconds))
    }

    /// What is due now, up to the free room; nil when there is nothing to take or no room.
    private func takeDue() async -> [RunRecord]? {
        let (worker, room, choice) = await roster.room(upTo: settings.concurrency)
        guard room > 0, let worker else { return nil }
        do {
            let now = tools.clock.now()
            let only = settings.only.map(RunClaims.Choice.only)
            let runs = try await tools.database.write { transaction in
                try RunClaims.claim(only ?? choice, for: worker, limit: room, at: now, in: transaction)
            }
            guard !runs.isEmpty else { return nil }
            await roster.took(runs)
            return runs
        } catch {
            logger.warning("no runs could be taken: \(error)")
            return nil
        }
    }

    private func drive(_ run: RunRecord) async {
        let signals = await roster.signals(of: run.id)
        var driver = RunDriver(run, tools: tools, signals: signals)
        await drive(&driver, run, signals)
        await roster.ended(run.id)
        wake()
    }

    private func drive(_ driver: inout RunDriver, _ run: RunRecord, _ signals: RunSignals) async {
        var pause = 50
        while true {
            do {
                // Torn down: whoever comes next finds the run as if this process had been killed.
                if Task.isCancelled { return }
                if signals.isLost {
                    // The answer that just came in is refused, and that it was offered is recorded.
                    if driver.hasUnwrittenAnswer { _ = try await driver.step() }
                    return
                }
                if signals.isStopping { return try await driver.handBack() }
                if try await driver.step() == .done { return }
                pause = 50
            } catch let error as DatabaseError where error.mayPass {
                logger.warning("run \(run.id) waits for the database: \(error)")
                if signals.isStopping { return }
                try? await Task.sleep(for: .milliseconds(pause))
                pause = min(pause * 2, 2000)
            } catch is LeaseLapsed {
                try? await Task.sleep(for: .milliseconds(50))
            } catch is CancellationError {
                return
            } catch {
                logger.error("run \(run.id) is given up: \(error)")
                do { try await driver.abandon() } catch { logger.error("run \(run.id) cannot be ended: \(error)") }
                return
            }
        }
    }

    private func awaitGrace() async {
        let end = tools.steady.reading().advanced(milliseconds: settings.graceMilliseconds)
        while !Task.isCancelled, await roster.isBusy, tools.steady.reading() < end {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private func poll() async {
        while !Task.isCancelled {
            wake()
            try? await Task.sleep(for: .milliseconds(settings.pollMilliseconds))
        }
    }
}

// MARK: The roll of workers

extension WorkerService {
    private func enter() async throws {
        let worker = await roster.becomeNew(at: tools.clock.now())
        let now = tools.clock.now()
        let host = host
        let sent = tools.steady.reading()
        try await tools.database.write { transaction in
            try WorkerRoll.enter(worker, host: host.host, process: host.process, at: now, in: transaction)
        }
        roster.lease.renew(until: sent.advanced(milliseconds: settings.leaseMilliseconds))
    }

    private func beat() async {
        var lookout = Lookout(leaseMilliseconds: settings.leaseMilliseconds)
        while !Task.isCancelled {
            await roster.cutLateCalls(at: tools.steady.reading())
            do {
                try await beatOnce(&lookout)
            } catch {
                logger.warning("a beat failed: \(error)")
            }
            try? await Task.sleep(for: .milliseconds(settings.beatMilliseconds))
        }
    }

    private func beatOnce(_ lookout: inout Lookout) async throws {
        guard let worker = await roster.worker else { return }
        let (progress, inHand) = await (roster.progress, roster.inHand)
        let sent = tools.steady.reading()
        let now = tools.clock.now()
        let (isOnRoll, cancels, roll) = try await tools.database.write { transaction in
            try RunClaims.endImpossiblePauses(at: now, in: transaction)
            let isOnRoll = try WorkerRoll.beat(worker, in: transaction)
            for (run, fence, progress) in progress {
                try RunJournal.report(progress, of: run, fence: fence, in: transaction)
            }
            return (
                isOnRoll, try RunClaims.cancelRequested(among: inHand, in: transaction),
                try WorkerRoll.all(in: transaction)
            )
        }
        if isOnRoll { roster.lease.renew(until: sent.advanced(milliseconds: settings.leaseMilliseconds)) }
        for run in cancels { await roster.signalsIfHeld(of: run)?.requestCancel() }
        if !isOnRoll {
            // Others took us for dead: our runs are theirs, and what we still write of them is refused.
            logger.warning("worker \(worker) was taken for dead; it goes on under a new number")
            await roster.loseAll()
            try await enter()
        }
        let gone = lookout.gone(among: roll.filter { $0.id != worker }, at: tools.steady.reading()) { host.lives($0) }
        for lost in gone {
            let rescued = try await Rescue(tools.database, clock: tools.clock, logger: logger).rescue(lost)
            logger.notice("worker \(lost) is gone; \(rescued) of its runs wait for another")
            wake()
        }
    }

    private func leave() async {
        guard let worker = await roster.worker else { return }
        do {
            try await tools.database.write { try WorkerRoll.strike(worker, in: $0) }
        } catch {
            logger.warning("worker \(worker) could not be struck off: \(error)")
        }
    }
}

extension DatabaseError {
    /// Whether the same statement may succeed later, with nothing changed but time.
    fileprivate var mayPass: Bool {
        switch self {
        case .conflict, .unavailable, .full, .unique: true
        case .foreignKey, .check, .notNull, .denied, .misuse, .engine: false
        }
    }
}
