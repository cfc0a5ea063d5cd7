/// The scenario's own time: seconds since 1 April 2026, 00:00, written as text. It never looks at a clock.
enum ScenarioCalendar {
    static let firstDay = 20_544
    static let days = 200

    /// `YYYY-MM-DD`
    static func date(_ second: Int) -> String {
        let (year, month, day) = CivilDate.date(days: firstDay + second / 86_400)
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
}
