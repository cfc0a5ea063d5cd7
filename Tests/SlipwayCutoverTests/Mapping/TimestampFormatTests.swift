import SlipwayTesting
import Testing

@testable import SlipwayCutover

@Suite struct TimestampFormatTests {
    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func lengths(_ year: Int) -> [Int] {
        [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }

    /// Counts on from 0001-01-01 by hand, which is 730,119 days before 2000-01-01.
    @Test func `every month of 9999 years begins and ends where counting says`() {
        var day = -730_119
        for year in 1...9999 {
            for (month, length) in zip(1..., Self.lengths(year)) {
                for (number, offset) in [(1, 0), (length, length - 1)] {
                    let date = CivilTime.date(days: day + offset)
                    guard CivilTime.days(year: year, month: month, day: number) == day + offset,
                        date == (year, month, number)
                    else {
                        Issue.record("\(year)-\(month)-\(number) is \(day + offset), and \(date) comes back")
                        return
                    }
                }
                if CivilTime.days(year: year, month: month, day: length + 1) != nil {
                    Issue.record("\(year)-\(month) is too long")
                }
                day += length
            }
        }
        #expect(CivilTime.days(year: 2000, month: 1, day: 1) == 0)
        #expect(CivilTime.days(year: 1970, month: 1, day: 1) == -10_957)
        #expect(day == 2_921_940)
    }

    @Test(arguments: [1...9, 96...104, 396...404, 1580...1584, 1896...1904, 1996...2004, 2096...2104, 9990...9999])
    func `every day around a leap year that is one or is not`(years: ClosedRange<Int>) throws {
        var day = try #require(CivilTime.days(year: years.lowerBound, month: 1, day: 1))
        for year in years {
            for (month, length) in zip(1..., Self.lengths(year)) {
                for number in 1...length {
                    #expect(CivilTime.days(year: year, month: month, day: number) == day)
                    #expect(CivilTime.date(days: day) == (year, month, number))
                    day += 1
                }
            }
        }
    }

    @Test(arguments: [
        (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (2024, 1, 32), (2023, 2, 29),
        (1900, 2, 29), (2024, 4, 31),
    ])
    func `a day that never was is none`(year: Int, month: Int, day: Int) {
        #expect(CivilTime.days(year: year, month: month, day: day) == nil)
    }

    private static let formats = [" ", "T"].flatMap { separator in
        ["HH:MM", "HH:MM:SS"].flatMap { time in
            (time == "HH:MM" ? [""] : ["", ".f", ".ff", ".fff", ".ffff", ".fffff", ".ffffff"]).flatMap { fraction in
                ["", "Z", "+00:00"].map { zone in "YYYY-MM-DD\(separator)\(time)\(fraction)\(zone)" }
            }
        }
    }

    @Test func `every format is read as it is written`() {
        for text in Self.formats { #expect(TimestampFormat(manifest: text)?.description == text) }
        for text in [
            "", "YYYY", "YYYY-MM-DD", "YYYY-MM-DD HH:MM:SS.fffffff", "YYYY-MM-DD HH:MM:SS+02:00", "YYYY/MM/DD HH:MM:SS",
            "YYYY-MM-DD_HH:MM:SS", "YYYY-MM-DD HH:MM.f", "2000-01-01 00:00:00",
        ] {
            #expect(TimestampFormat(manifest: text) == nil, "\(text)")
        }
    }

    @Test(arguments: Seed.forThisRun(count: 6))
    func `a time is written as it was read, in every format`(seed: Seed) throws {
        var random = SeededGenerator(seed)
        let buffer = ByteBuffer()
        for text in Self.formats {
            let format = try #require(TimestampFormat(manifest: text))
            for _ in 0..<60 {
                let unit =
                    format.hasSeconds
                    ? (0..<(6 - format.fraction)).reduce(Int64(1)) { unit, _ in unit * 10 } : 60_000_000
                let days = Int64.random(in: -730_119..<2_921_940, using: &random)
                let rest = Int64.random(in: 0..<86_400_000_000, using: &random) / unit * unit
                let moment = days * 86_400_000_000 + rest
                buffer.removeAll()
                format.append(moment, to: buffer)
                #expect(format.microseconds(in: buffer.bytes) == moment)
                #expect(TimestampFormat(of: buffer.bytes) == format)
            }
        }
    }

    @Test(
        arguments: [
            ("2000-01-01 00:00:00", 0), ("1999-12-31 23:59:59", -1_000_000),
            ("1970-01-01 00:00:00", -946_684_800_000_000),
            ("2024-02-29 12:34:56", 762_525_296_000_000), ("0001-01-01 00:00:00", -63_082_281_600_000_000),
            ("9999-12-31 23:59:59", 252_455_615_999_000_000),
        ] as [(String, Int64)])
    func `a time is counted as PostgreSQL counts it`(text: String, microseconds: Int64) {
        #expect(Array(text.utf8).withUnsafeBytes { TimestampFormat().microseconds(in: $0) } == microseconds)
    }

    @Test(arguments: [
        "2024-01-02 24:00:00", "2024-01-02 23:60:00", "2024-01-02 23:59:60", "2024-01-02T23:59:59",
        "2024-01-02 23:59:59 ", "2024-01-02 23:59", "2024-01-02 2a:59:59",
        "2024-01-02 23.59.59", "0000-01-01 00:00:00", "2024-02-30 00:00:00", "", "2024-01-02", "-024-01-02 00:00:00",
        "2024-01-02 +1:00:00",
    ])
    func `a text in another form is no time`(text: String) {
        #expect(Array(text.utf8).withUnsafeBytes { TimestampFormat().microseconds(in: $0) } == nil)
    }
}
