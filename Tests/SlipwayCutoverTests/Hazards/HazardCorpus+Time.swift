@testable import SlipwayCutover

extension HazardCorpus {
    static let time: [HazardCase] = oddDates + soundDates + times + zonedAmongLocal + zonesMixed + formats

    private static let oddDates: [HazardCase] = [
        ("a date of zeros", "0000-00-00"), ("the year 0", "0000-01-01"), ("month 0", "2024-00-10"),
        ("day 0", "2024-01-00"),
        ("30 February", "2023-02-30"), ("29 February of no leap year", "2023-02-29"),
        ("29 February of 1900", "1900-02-29"), ("31 April", "2024-04-31"), ("month 13", "2024-13-01"),
        ("one digit", "2024-1-2"), ("two digits of a year", "24-01-02"), ("slashes", "2024/01/02"),
        ("dots", "02.01.2024"),
        ("a space behind", "2024-01-02 "), ("a space in front", " 2024-01-02"),
        ("a time behind", "2024-01-02T00:00:00"),
        ("the year 10000", "10000-01-01"), ("a negative year", "-0044-03-15"), ("a plus", "+2024-01-02"),
        ("a zone behind a date", "2024-01-02Z"), ("a word", "now"), ("infinity as a word", "infinity"),
        ("nothing as a date", ""), ("wide digits", "２０２４-01-02"), ("a week", "2024-W01-2"),
        ("a day of the year", "2024-002"),
        ("a secret as a date", HazardCase.secret),
    ].map { name, value in
        HazardCase.values(
            name, .date, in: "DATE", good: ["'2024-01-02'", "'1999-12-31'", "NULL"], bad: ["'\(value)'"], .date)
    }

    private static let soundDates: [HazardCase] = [
        .values(
            "edges of dates", .date, in: "DATE",
            good: ["'0001-01-01'", "'9999-12-31'", "'2000-02-29'", "'1582-10-10'", "'1900-02-28'"]),
        .values("no date at all", .date, in: "DATE", good: ["'soon'", "'2024-99-99'"]),
    ]

    private static let times: [HazardCase] = [
        ("hour 24", "2024-01-02 24:00:00"), ("hour 25", "2024-01-02 25:00:00"), ("minute 60", "2024-01-02 03:60:00"),
        ("a leap second", "2016-12-31 23:59:60"), ("second 61", "2016-12-31 23:59:61"),
        ("T for a space", "2024-01-02T03:04:05"),
        ("a small t", "2024-01-02t03:04:05"), ("tenths", "2024-01-02 03:04:05.5"),
        ("micros", "2024-01-02 03:04:05.123456"),
        ("nanos", "2024-01-02 03:04:05.123456789"), ("a point and nothing", "2024-01-02 03:04:05."),
        ("a comma", "2024-01-02 03:04:05,5"), ("no seconds", "2024-01-02 03:04"), ("no time", "2024-01-02"),
        ("a time of zeros", "0000-00-00 00:00:00"), ("30 February at ten", "2024-02-30 10:00:00"),
        ("the year 10000 at midnight", "10000-01-01 00:00:00"), ("a negative year at noon", "-0044-03-15 12:00:00"),
        ("one digit of an hour", "2024-01-02 3:04:05"), ("afternoon", "2024-01-02 03:04:05 PM"), ("an empty time", ""),
        ("two spaces", "2024-01-02  03:04:05"), ("a secret as a time", HazardCase.secret),
    ].map { name, value in
        HazardCase.values(
            name, .date, in: name.count.isMultiple(of: 2) ? "DATETIME" : "TIMESTAMP",
            good: ["'2024-01-02 03:04:05'", "'1969-12-31 23:59:59'", "NULL"], bad: ["'\(value)'"], .date)
    }

    private static let zonedAmongLocal: [HazardCase] = [
        ("Z among local times", "2024-01-02 03:04:05Z"), ("Warsaw among local times", "2024-01-02 03:04:05+02:00"),
        ("a short offset", "2024-01-02 03:04:05+02"), ("an offset without a colon", "2024-01-02 03:04:05-0500"),
        ("an offset on minutes", "2024-01-02T03:04+02:00"),
        ("an offset behind micros", "2024-01-02 03:04:05.123456+01:00"),
    ].map { name, value in
        HazardCase.values(
            name, .zone, in: "DATETIME", good: ["'2024-01-02 03:04:05'", "NULL"], bad: ["'\(value)'"], .zone)
    }

    private static let zonesMixed: [HazardCase] = [
        .values(
            "local times among Z", .date, in: "DATETIME", good: ["'2024-01-02T03:04:05Z'"],
            bad: ["'2024-01-02T03:04:05'"], .date),
        .values(
            "an offset among Z", .zone, in: "DATETIME", good: ["'2024-01-02T03:04:05Z'"],
            bad: ["'2024-01-02T03:04:05+00:00'"], .zone),
        .values(
            "a real offset among zero offsets", .zone, in: "TIMESTAMP", good: ["'2024-01-02 03:04:05+00:00'"],
            bad: ["'2024-01-02 03:04:05+02:00'"], .zone),
        .values(
            "the named zone of UTC", .date, in: "DATETIME", good: ["'2024-01-02 03:04:05'"],
            bad: ["'2024-01-02 03:04:05 UTC'"], .date),
        .values(
            "every time with Z", .zone, in: "DATETIME",
            good: ["'2024-01-02T03:04:05Z'", "'0001-01-01T00:00:00Z'", "'9999-12-31T23:59:59Z'"]),
        .values(
            "every time with a zero offset", .zone, in: "TIMESTAMP WITH TIME ZONE",
            good: ["'2024-01-02 03:04:05+00:00'"]),
        .values(
            "every time in Warsaw", .zone, in: "DATETIME",
            good: ["'2024-01-02 03:04:05+02:00'", "'2024-01-02 03:04:05+01:00'"]),
        .values(
            "a zoned type without zones", .zone, in: "TIMESTAMPTZ",
            good: ["'2024-01-02 03:04:05'", "'2024-03-31 02:30:00'"]),
    ]

    private static let formats: [HazardCase] = [
        .values(
            "times before 1970 and 2000", .date, in: "DATETIME",
            good: [
                "'1969-12-31 23:59:59.999999'", "'1999-12-31 23:59:59.999999'", "'2000-01-01 00:00:00.000000'",
                "'0001-01-01 00:00:00.000001'",
            ]),
        .values(
            "milliseconds with Z", .date, in: "DATETIME",
            good: ["'2024-01-02T03:04:05.250Z'", "'1969-07-20T20:17:40.000Z'", "'1969-07-20T20:17:40.999Z'"]),
        .values(
            "one to six digits", .date, in: "DATETIME",
            good: ["'2024-01-02 03:04:05.12345'", "'2024-01-02 03:04:05.00000'"]),
        .values("minutes only", .date, in: "DATETIME", good: ["'2024-01-02 03:04'", "'2024-01-02 23:59'"]),
        .values(
            "mixed fractions", .date, in: "DATETIME", good: ["'2024-01-02 03:04:05.250'"],
            bad: ["'2024-01-02 03:04:05'", "'2024-01-02 03:04:05.2500'"], .date),
        .values(
            "no daylight saving", .date, in: "TIMESTAMP",
            good: ["'2024-03-31 02:30:00'", "'2024-10-27 02:30:00'", "'2016-12-31 23:59:59'"]),
        .values("times in a DATE", .date, in: "DATE", good: ["'2024-01-02 03:04:05'"]),
        .values("times in TEXT", .date, in: "TEXT", good: ["'0000-00-00'", "'2024-01-02 24:00:00'", "'-infinity'"]),
    ]
}
