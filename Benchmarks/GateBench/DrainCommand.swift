import ArgumentParser
import SlipwayDomain
import SlipwayEngine
import SlipwayOperations
import SlipwaySQL

/// A worker against many runs that wait and do nothing; every completion under its fence.
struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "drain")
    @OptionGroup var options: BenchOptions

    @Option var runs = 20_000
    @Option var concurrency = 512

    func run() async throws {
        let bench = try await BenchInstallation(options)
        let gate = bench.gate()
        try await withThrowingTaskGroup { group in
            for caller in 0..<100 {
                group.addTask {
                    for number in 0..<runs / 100 { _ = try await gate.start(bench.request("\(caller)-\(number)")) }
                }
            }
            try await group.waitForAll()
        }
        let worker = bench.worker(NothingAdapter(), concurrency: concurrency)
        let begin = bench.clock.reading()
        try await withThrowingTaskGroup { group in
            group.addTask { try await worker.run() }
            while try await open(bench) > 0 { try await Task.sleep(for: .milliseconds(20)) }
            let took = Double(bench.clock.reading().microseconds - begin.microseconds) / 1_000_000
            print("\(runs)\t\(Int(Double(runs) / took))")
            worker.stop()
            try await group.waitForAll()
        }
    }

    private func open(_ bench: BenchInstallation) async throws -> Int64 {
        try await bench.database.read { transaction in
            try transaction.query(
                """
                SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM operation_runs WHERE due_at IS NOT NULL LIMIT 1) AS q)
                    + (SELECT COUNT(*) FROM (SELECT 1 FROM run_holds LIMIT 1) AS r) AS n
                """
            ).first?.integer("n") ?? 0
        }
    }
}

/// From the moment a start is asked for to the moment its adapter is called, with starts that come at their own pace.
struct DispatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "dispatch")
    @OptionGroup var options: BenchOptions

    @Option var rate = 200
    @Option var seconds = 5

    func run() async throws {
        let bench = try await BenchInstallation(options)
        let adapter = NothingAdapter(keepsArrivals: true)
        let worker = bench.worker(adapter, concurrency: 64)
        let gate = bench.gate { worker.wake() }
        let count = rate * seconds
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            let begin = bench.clock.reading().advanced(milliseconds: 500)
            let due = (0..<count).map { begin.microseconds + Int64($0) * 1_000_000 / Int64(rate) }
            try await withThrowingTaskGroup(of: Void.self) { starts in
                for number in 0..<count {
                    let wait = due[number] - bench.clock.reading().microseconds
                    if wait > 0 { try await Task.sleep(for: .microseconds(wait), tolerance: .zero) }
                    starts.addTask { _ = try await gate.start(bench.request("\(number)")) }
                }
                try await starts.waitForAll()
            }
            while adapter.calls < count { try await Task.sleep(for: .milliseconds(10)) }
            let latencies = (0..<count).compactMap { number in adapter.arrival(of: "\(number)").map { $0 - due[number] }
            }
            let summary = Latencies(latencies)
            print("\(rate)\t\(summary.milliseconds(0.5))\t\(summary.milliseconds(0.99))")
            worker.stop()
            try await group.waitForAll()
        }
    }
}
