import SlipwayDomain
import SlipwayTesting
import Testing

@Suite struct CronExpressionTests {
    /// Clocks as in Kyiv in 2026: forward from 03:00 to 04:00 on 29 March, back from 04:00 to 03:00 on 25 October.
    private static let kyiv = ZoneRules(name: "Europe/Kyiv") { moment in
        let (forward, back): (Int64, Int64) = (1_774_746_000_000_000, 1_792_890_000_000_000)
        return moment.microseconds >= forward && moment.microseconds < back ? 10_800 : 7200
    }

    @Test(arguments: [
        ("30 2 * * *", "2026-11-21T10:00", ["2026-11-22T02:30", "2026-11-23T02:30"]),
        ("*/20 9-10 * * *", "2026-11-21T09:15", ["2026-11-21T09:20", "2026-11-21T09:40", "2026-11-21T10:00"]),
        ("0 0 1,15 * *", "2026-11-21T00:00", ["2026-12-01T00:00", "2026-12-15T00:00"]),
        ("0 12 * * mon-fri", "2026-11-20T12:00", ["2026-11-23T12:00", "2026-11-24T12:00"]),
        ("0 12 * * 7", "2026-11-21T00:00", ["2026-11-22T12:00", "2026-11-29T12:00"]),
        ("5 4 29 feb *", "2026-01-01T00:00", ["2028-02-29T04:05", "2032-02-29T04:05"]),
        // Both days restricted: either will do.
        ("0 0 13 * fri", "2026-11-10T00:00", ["2026-11-13T00:00", "2026-11-20T00:00"]),
        ("0 0 31 * *", "2026-11-21T00:00", ["2026-12-31T00:00", "2027-01-31T00:00", "2027-03-31T00:00"]),
        ("7/30 * * * *", "2026-11-21T00:00", ["2026-11-21T00:07", "2026-11-21T00:37", "2026-11-21T01:07"]),
    ])
    func `it is due when it says, in UTC`(text: String, from: String, due: [String]) throws {
        try #expect(dues(text, from: from, in: .utc, count: due.count) == due)
    }

    @Test(arguments: [
        // 03:30 does not come on that day: it is due when the clocks are set, which is 01:00 UTC.
        ("30 3 * * *", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:30"]),
        // Three of them fall into the hour that is not there, and are due once.
        ("*/20 3 * * *", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:00", "2026-03-30T00:20"]),
        // 03:30 comes twice on that day: the first counts.
        ("30 3 * * *", "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        // Every half hour goes on through the hour that comes twice.
        (
            "*/30 * * * *", "2026-10-25T00:00",
            ["2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T02:00"]
        ),
    ])
    func `clocks that are set neither lose nor repeat it`(text: String, from: String, due: [String]) throws {
        try #expect(dues(text, from: from, in: Self.kyiv, count: due.count) == due)
    }

    @Test(arguments: [
        ("* * * *", "five"), ("60 * * * *", "minute"), ("* 24 * * *", "hour"), ("* * 0 * *", "day of the month"),
        ("* * * 13 *", "month"), ("* * * * 8", "day of the week"), ("*/0 * * * *", "step"), ("5-1 * * * *", "upwards"),
        ("a * * * *", "minute"), ("1,,2 * * * *", "nothing"), ("0 0 30 2 *", "never"), ("+1 * * * *", "minute"),
        ("1-2-3 * * * *", "minute"), ("٣ * * * *", "minute"),
    ])
    func `what cannot be obeyed is refused, and says why`(text: String, word: String) {
        let fault = #expect(throws: CronFault.self) { try CronExpression(text) }
        #expect(fault?.description.contains(word) ?? false, "\(String(describing: fault))")
    }

    @Test(arguments: Seed.forThisRun(count: 20))
    func `the next time is the first minute that matches`(seed: Seed) throws {
        var random = SeededGenerator(seed)
        for _ in 0..<20 {
            let fields = [Int.random(in: 0...59, using: &random), Int.random(in: 0...23, using: &random)]
            let text = "\(fields[0]) */\(max(1, fields[1])) * * \(Int.random(in: 0...6, using: &random))"
            let cron = try CronExpression(text)
            let from = Int64.random(in: 1_700_000_000...1_800_000_000, using: &random)
            let next = try #require(cron.next(after: Timestamp(microseconds: from * 1_000_000), in: Self.kyiv))
            let again = cron.next(after: Timestamp(microseconds: next.microseconds - 1), in: Self.kyiv)
            #expect(again == next, "\(text) from \(from)")
            #expect(next.microseconds > from * 1_000_000)
            #expect(next.microseconds % 60_000_000 == 0)
        }
    }

    @Test func `of several missed times the last is due, and the others are counted`() throws {
        let schedule = Schedule(
            name: "hourly", operation: "test", tenant: nil, connection: nil, target: [:],
            cron: try CronExpression("0 * * * *"), zone: .utc, missed: .once)
        let midnight = try #require(moment("2026-11-21T00:00"))
        #expect(schedule.due(after: midnight, upTo: midnight) == nil)
        let due = schedule.due(after: midnight, upTo: try #require(moment("2026-11-21T03:59")))
        #expect(due?.at == moment("2026-11-21T03:00"))
        #expect(due?.passedOver == 2)
    }

    private func dues(_ text: String, from: String, in zone: ZoneRules, count: Int) throws -> [String] {
        let cron = try CronExpression(text)
        var at = try #require(moment(from))
        return try (0..<count).map { _ in
            at = try #require(cron.next(after: at, in: zone))
            return String(at.rfc3339.prefix(16))
        }
    }

    /// `2026-11-21T10:00`, as UTC.
    private func moment(_ text: String) -> Timestamp? {
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard parts.count == 5, let days = CivilDate.days(year: parts[0], month: parts[1], day: parts[2]) else {
            return nil
        }
        return Timestamp(microseconds: Int64(days * 86_400 + parts[3] * 3600 + parts[4] * 60) * 1_000_000)
    }
}
