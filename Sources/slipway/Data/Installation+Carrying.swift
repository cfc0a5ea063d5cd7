import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwayStore

extension Installation {
    /// Carries out one run in this process, unless another worker has it, and returns it once it is over.
    func carryOut(_ run: ID<OperationRun>, _ adapters: [String: any Adapter]) async throws -> RunRecord {
        var settings = WorkerSettings()
        settings.only = run
        settings.pollMilliseconds = 50
        let worker = worker(adapters, settings)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            let queries = RunQueries(database)
            var last = try await queries.follow(run, after: .max, context()).run
            while last.status != .completed {
                try await Task.sleep(for: .milliseconds(20))
                last = try await queries.follow(run, after: .max, context()).run
            }
            worker.stop()
            try await group.waitForAll()
            return last
        }
    }

    /// Takes their runs off workers of this machine that are gone.
    func rescueHere() async throws {
        try await Rescue(database, clock: clock, logger: logger).rescueAll(goneFrom: HostProcess.presence())
    }
}
