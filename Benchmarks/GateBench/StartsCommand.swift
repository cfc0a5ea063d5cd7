import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL

/// Unique starts: each caller starts one after the other, for a while. The first half second is not counted, as it is not
/// for the peers.
struct StartsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "starts")
    @OptionGroup var options: BenchOptions

    @Option var callers = 64
    @Option var seconds = 5.0

    func run() async throws {
        let bench = try await BenchInstallation(options)
        let gate = bench.gate()
        let begin = bench.clock.reading().advanced(milliseconds: 500)
        let end = begin.advanced(milliseconds: Int(seconds * 1000))
        let latencies = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var latencies: [Int64] = []
                    var number = 0
                    var now = bench.clock.reading()
                    while now < end {
                        number += 1
                        let answer = try await gate.start(bench.request("\(caller)-\(number)"))
                        precondition(answer.decision.status == "accepted", "a unique start is accepted")
                        let after = bench.clock.reading()
                        if now >= begin { latencies.append(after.microseconds - now.microseconds) }
                        now = after
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: [Int64]()) { $0 += $1 }
        }
        let took = Double(bench.clock.reading().microseconds - begin.microseconds) / 1_000_000
        let summary = Latencies(latencies)
        print(
            "\(callers)\t\(Int(Double(latencies.count) / took))\t\(summary.milliseconds(0.5))\t\(summary.milliseconds(0.99))"
        )
    }
}

/// Many starts of one key at once: one is accepted, the others are told which.
struct StormCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "storm")
    @OptionGroup var options: BenchOptions

    @Option var callers = 64
    @Option var starts = 100_000

    func run() async throws {
        let bench = try await BenchInstallation(options)
        let gate = bench.gate()
        let request = bench.request("one")
        _ = try await gate.start(request)
        let before = try await wal(bench)
        let begin = bench.clock.reading()
        let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<callers {
                group.addTask {
                    var accepted = 0
                    for _ in 0..<starts / callers {
                        let answer = try await gate.start(request)
                        if answer.decision.status == "accepted" { accepted += 1 }
                    }
                    return accepted
                }
            }
            return try await group.reduce(0, +)
        }
        let took = Double(bench.clock.reading().microseconds - begin.microseconds) / 1_000_000
        let written = try await wal(bench).flatMap { after in before.map { after - $0 } }
        let bytes = written.map(String.init) ?? "-"
        print("\(Int(Double(starts) / took))\t\(accepted)\t\(bytes)")
    }

    /// Where the log of PostgreSQL stands, in bytes; nil on SQLite.
    private func wal(_ bench: BenchInstallation) async throws -> Int64? {
        guard bench.database.dialect == .postgres else { return nil }
        return try await bench.database.read { transaction in
            try transaction.query("SELECT CAST(pg_current_wal_insert_lsn() - '0/0' AS BIGINT) AS at").first?.integer(
                "at")
        }
    }
}
