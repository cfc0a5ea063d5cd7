/// A moment, in microseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Later by so many seconds; the farthest moment there is rather than past it.
    package func advanced(seconds: Int64) -> Timestamp {
        let (added, over) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isPast) = microseconds.addingReportingOverflow(added)
        guard !over, !isPast else { return Timestamp(microseconds: seconds > 0 ? .max : .min) }
        return Timestamp(microseconds: sum)
    }

    /// RFC 3339 in UTC with six digits of a second: 2026-11-21T07:52:38.000000Z.
    package var rfc3339: String {
        let day: Int64 = 86_400_000_000
        // Rounded down by the rest, which no moment is too far away for.
        let behind = microseconds % day
        let days = Int(microseconds / day - (behind < 0 ? 1 : 0))
        let rest = Int(behind < 0 ? behind + day : behind)
        let date = CivilDate.date(days: days)
        let (hour, minute) = (rest / 3_600_000_000, rest / 60_000_000 % 60)
        let (second, micros) = (rest / 1_000_000 % 60, rest % 1_000_000)
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T"
            + "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2)).\(Self.padded(micros, 6))Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
