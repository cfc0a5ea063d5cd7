import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "What starts by the clock.", subcommands: [ScheduleList.self])
}

struct ScheduleList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The schedules, when each is due next, and what its last start was answered.",
        discussion: "Reads the file as `slipway serve` does, so it also says whether the file can be obeyed.")

    @Option(help: ArgumentHelp("The schedules; schedules.yaml in the data directory otherwise.", valueName: "file"))
    var schedules: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let list = try ScheduleFile(schedules, data: installation.folder).schedules(installation.registry)
            let firing = installation.firing(installation.gate(served: []))
            if list.isEmpty { console.line("no schedules") }
            var results: [JSONValue] = []
            for schedule in list {
                let next = schedule.cron.next(after: installation.clock.now(), in: schedule.zone)
                let last = try await firing.last(of: schedule)
                console.line("\(schedule.name)  \(schedule.operation)  \(schedule.cron) \(schedule.zone.name)")
                console.line("  next  \(next?.rfc3339 ?? "never")")
                if let last {
                    console.line("  last  \(last.name)  \(last.decision)\(last.run.map { "  run \($0)" } ?? "")")
                }
                results.append([
                    "name": .string(schedule.name), "operationType": .string(schedule.operation),
                    "cron": .string(schedule.cron.description), "timeZone": .string(schedule.zone.name),
                    "next": next.map { .string($0.rfc3339) } ?? .null,
                    "last": last.map { last in
                        [
                            "due": .string(last.name), "decision": .string(last.decision),
                            "run": last.run.map { .integer($0.number) } ?? .null,
                        ]
                    } ?? .null,
                ])
            }
            try console.result(["schedules": .array(results)])
        }
    }
}
