import ArgumentParser
import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite
import SlipwayStore

/// A Scenario Store to measure: an SQLite file, or the schema that a cutover made.
struct ScenarioBenchOptions: ParsableArguments {
    @Option(help: "A PostgreSQL URL, or the path of an SQLite file.")
    var database: String

    @Option(help: "The schema and, with _app behind it, the role of a PostgreSQL.")
    var schema = "scenario"

    func store() async throws -> ScenarioStore {
        guard database.contains("://") else {
            let path = database
            return ScenarioStore(ScenarioPlace { _ in try SQLiteDatabase.file(path) }, clock: BenchClock())
        }
        let server = PostgresDatabase(try PostgresAddress(database), role: schema + "_app", schema: schema)
        try await ScenarioStanding.check(server)
        return ScenarioStore(ScenarioPlace(server: server, setting: "slipway.tenant"), clock: BenchClock())
    }

    static func order(_ id: String) throws -> ScenarioDraft {
        try ScenarioDraft(
            id: id,
            payload: ScenarioPayload([
                "customer": "ТОВ «Карпатський ліс»", "from": "Львів", "to": "Łódź", "status": "planned",
                "weight": .double(18_402.117), "cents": 1_204_500, "currency": "PLN", "reference": .string(id),
            ]))
    }
}

/// Appends in batches, one batch after the other.
struct ScenarioBatchesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "scenario-batches")
    @OptionGroup var options: ScenarioBenchOptions

    @Option var rows = 100_000
    @Option var batch = ScenarioWrite.mostRows

    func run() async throws {
        let store = try await options.store()
        let clock = BenchClock()
        let began = clock.reading()
        for start in stride(from: 0, to: rows, by: batch) {
            let drafts = try (start..<min(start + batch, rows)).map { try ScenarioBenchOptions.order("batch.\($0)") }
            let write = try ScenarioWrite(
                .append(drafts), to: .orders, by: ScenarioActor.marek.id, as: ScenarioRole.dispatcher.rawValue)
            let answer = try await store.write(write, of: .demo)
            precondition(answer.written == drafts.count, "a new row is written")
        }
        let seconds = Double(clock.reading().microseconds - began.microseconds) / 1_000_000
        print("\(rows)\t\(batch)\t\(Int(Double(rows) / seconds))")
    }
}

/// Single appends by many callers, each answered once its row is durable. The first half second is not counted.
struct ScenarioAppendsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "scenario-appends")
    @OptionGroup var options: ScenarioBenchOptions

    @Option var callers = 32
    @Option var seconds = 5.0

    func run() async throws {
        let store = try await options.store()
        let clock = BenchClock()
        let begin = clock.reading().advanced(milliseconds: 500)
        let end = begin.advanced(milliseconds: Int(seconds * 1000))
        let latencies = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var latencies: [Int64] = []
                    var number = 0
                    var now = clock.reading()
                    while now < end {
                        number += 1
                        let write = try ScenarioWrite(
                            .append([ScenarioBenchOptions.order("single.\(caller).\(number)")]), to: .orders,
                            by: ScenarioActor.marek.id, as: ScenarioRole.dispatcher.rawValue)
                        let answer = try await store.write(write, of: .demo)
                        precondition(answer.written == 1, "a new row is written")
                        let after = clock.reading()
                        if now >= begin { latencies.append(after.microseconds - now.microseconds) }
                        now = after
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: [Int64]()) { $0 += $1 }
        }
        let took = Double(clock.reading().microseconds - begin.microseconds) / 1_000_000
        let summary = Latencies(latencies)
        print(
            "\(callers)\t\(Int(Double(latencies.count) / took))\t\(summary.milliseconds(0.5))\t\(summary.milliseconds(0.99))"
        )
    }
}
