/// The scenario's own time: seconds since 1 April 2026, 00:00, written as text. It never looks at a clock.
enum ScenarioCalendar {
    static let firstDay = 20_544
    static let days = 200

    /// `YYYY-MM-DD`
    static func date(_ second: Int) -> String {
        let (year, month, day) = civil(day: firstDay + second / 86_400)
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    /// `YYYY-MM-DD HH:MM:SS`
    static func timestamp(_ second: Int) -> String {
        "\(date(second)) \(time(second))"
    }

    /// `YYYY-MM-DDTHH:MM:SS.fffZ`
    static func instant(_ second: Int, millisecond: Int) -> String {
        "\(date(second))T\(time(second)).\(padded(millisecond, to: 3))Z"
    }

    static func padded(_ number: Int, to width: Int = 2) -> String {
        let digits = String(number)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    private static func time(_ second: Int) -> String {
        let rest = second % 86_400
        return "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
    }

    /// The proleptic Gregorian date of a day counted from 1 January 1970; for days after that one.
    private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
