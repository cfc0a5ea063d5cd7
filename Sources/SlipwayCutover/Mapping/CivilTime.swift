import SlipwayDomain

/// Days and microseconds counted from 2000-01-01, as PostgreSQL counts.
enum CivilTime {
    static let microsecondsPerDay: Int64 = 86_400_000_000
    private static let daysTo2000 = 10_957

    /// Days since 2000-01-01, or nil when there is no such day in the years 1 to 9999.
    static func days(year: Int, month: Int, day: Int) -> Int? {
        CivilDate.days(year: year, month: month, day: day).map { $0 - daysTo2000 }
    }

    static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        CivilDate.date(days: days + daysTo2000)
    }
}
