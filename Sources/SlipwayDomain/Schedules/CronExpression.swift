/// When something is due: minute, hour, day of the month, month, day of the week, as crontab(5) has them.
///
/// When both days are restricted either may match. Where clocks are set forward past a time it is due at that moment,
/// once; where they are set back over it, at the first of the two, or at both when every hour is meant.
package struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    private let text: String
    private let minutes: [Int]
    private let hours: [Int]
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let anyDay: Bool
    private let anyWeekday: Bool

    /// No date of a calendar comes back more rarely than 29 February around a year like 2100.
    private static let horizonDays = 366 * 9

    package init(_ text: String) throws(CronFault) {
        let fields = text.split(whereSeparator: \.isWhitespace)
        guard fields.count == 5 else {
            throw CronFault(
                "it has \(fields.count) fields of five: minute, hour, day of the month, month, day of the week")
        }
        self.text = fields.joined(separator: " ")
        minutes = try CronField.minute.numbers(in: fields[0]).sorted()
        hours = try CronField.hour.numbers(in: fields[1]).sorted()
        days = try CronField.dayOfMonth.numbers(in: fields[2])
        months = try CronField.month.numbers(in: fields[3])
        weekdays = try CronField.dayOfWeek.numbers(in: fields[4])
        anyDay = fields[2].hasPrefix("*")
        anyWeekday = fields[4].hasPrefix("*")
        guard next(after: Timestamp(microseconds: 0), in: .utc) != nil else {
            throw CronFault("it is never due: no month it names has such a day")
        }
    }

    package var description: String { text }

    /// The first time it is due after a moment; nil only past the last year of the calendar.
    package func next(after moment: Timestamp, in zone: ZoneRules) -> Timestamp? {
        let clock = zone.clockSeconds(at: moment)
        let today = Int(clock >= 0 ? clock / 86_400 : (clock - 86_399) / 86_400)
        // From the day before: clocks that are set back can show a day twice.
        for day in (today - 1)...(today + Self.horizonDays) where isDue(onDay: day) {
            if let first = moments(onDay: day, in: zone).filter({ $0 > moment }).min() { return first }
        }
        return nil
    }

    private func isDue(onDay day: Int) -> Bool {
        let date = CivilDate.date(days: day)
        guard date.year <= 9999, months.contains(date.month) else { return false }
        // 1970-01-01 was a Thursday.
        let matches = (days.contains(date.day), weekdays.contains(((day + 4) % 7 + 7) % 7))
        return anyDay || anyWeekday ? matches.0 && matches.1 : matches.0 || matches.1
    }

    private func moments(onDay day: Int, in zone: ZoneRules) -> [Timestamp] {
        let isEveryHour = hours.count == 24
        return hours.flatMap { hour in
            minutes.flatMap { minute in
                let moments = zone.moments(showing: Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60))
                return isEveryHour ? moments : Array(moments.prefix(1))
            }
        }
    }
}
