/// The one way a column's timestamps are written in the source, so that each can be written again exactly.
///
/// In the manifest: `YYYY-MM-DD HH:MM:SS.ffffffZ`, with a space or a `T`, up to six `f`, and nothing, `Z` or
/// `+00:00` at the end.
package struct TimestampFormat: Hashable, Sendable {
    package enum Zone: String, Hashable, Sendable {
        case none = ""
        case letter = "Z"
        case offset = "+00:00"
    }

    package var separator: UInt8 = UInt8(ascii: " ")
    package var hasSeconds = true
    package var fraction = 0
    package var zone = Zone.none

    package var description: String {
        "YYYY-MM-DD" + String(UnicodeScalar(separator)) + (hasSeconds ? "HH:MM:SS" : "HH:MM")
            + (fraction > 0 ? "." + String(repeating: "f", count: fraction) : "") + zone.rawValue
    }

    package init() {}

    package init?(manifest text: String) {
        let digits = text.map { "YMDHSf".contains($0) ? "0" : $0 }
        var sample = Array(String(digits).utf8)
        guard sample.count >= 16 else { return nil }
        for (index, byte) in zip(0..., "2000-01-01".utf8) { sample[index] = byte }
        guard let format = sample.withUnsafeBytes({ TimestampFormat(of: $0) }), format.description == text else {
            return nil
        }
        self = format
    }

    /// The format a text is written in; nil when it is none that can be told.
    init?(of text: UnsafeRawBufferPointer) {
        guard text.count >= 16, text[10] == UInt8(ascii: " ") || text[10] == UInt8(ascii: "T") else { return nil }
        separator = text[10]
        var index = 16
        hasSeconds = text.count >= 19 && text[16] == UInt8(ascii: ":")
        if hasSeconds { index = 19 }
        if hasSeconds, index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            while index < text.count, text[index] >= 0x30, text[index] <= 0x39 {
                fraction += 1
                index += 1
            }
            guard (1...6).contains(fraction) else { return nil }
        }
        guard let zone = Zone(rawValue: String(decoding: text[index...], as: UTF8.self)) else { return nil }
        self.zone = zone
        guard microseconds(in: text) != nil else { return nil }
    }

    /// Microseconds since 2000-01-01; nil when the text is not in this format or names no real time.
    func microseconds(in text: UnsafeRawBufferPointer) -> Int64? {
        guard text.count == length, let days = CalendarDate.days(in: text.slice(0, 10)), text[10] == separator,
            let hour = number(text, 11, 2), text[13] == UInt8(ascii: ":"), let minute = number(text, 14, 2),
            hour < 24, minute < 60
        else { return nil }
        var seconds = 0
        if hasSeconds {
            guard text[16] == UInt8(ascii: ":"), let value = number(text, 17, 2), value < 60 else { return nil }
            seconds = value
        }
        var micros = 0
        if fraction > 0 {
            guard text[19] == UInt8(ascii: "."), let value = number(text, 20, fraction) else { return nil }
            micros = value
            for _ in fraction..<6 { micros *= 10 }
        }
        let suffix = zone.rawValue.utf8
        guard text[(text.count - suffix.count)...].elementsEqual(suffix) else { return nil }
        return Int64(days) * CivilTime.microsecondsPerDay
            + Int64(hour * 3600 + minute * 60 + seconds) * 1_000_000 + Int64(micros)
    }

    /// Whether a time shows whole in this format: no finer digits than it has, and a year of four digits.
    func canWrite(_ microseconds: Int64) -> Bool {
        var unit: Int64 = hasSeconds ? 1_000_000 : 60_000_000
        for _ in 0..<fraction { unit /= 10 }
        let day = CivilTime.microsecondsPerDay
        let days = microseconds >= 0 ? microseconds / day : (microseconds - (day - 1)) / day
        return microseconds % unit == 0 && CalendarDate.canWrite(Int(days))
    }

    /// Writes a time that `canWrite`.
    func append(_ microseconds: Int64, to buffer: ByteBuffer) {
        let day = CivilTime.microsecondsPerDay
        let days = microseconds >= 0 ? microseconds / day : (microseconds - day + 1) / day
        let rest = Int(microseconds - days * day)
        CalendarDate.append(Int(days), to: buffer)
        buffer.append(separator)
        Self.append(rest / 3_600_000_000, width: 2, to: buffer)
        buffer.append(UInt8(ascii: ":"))
        Self.append(rest / 60_000_000 % 60, width: 2, to: buffer)
        if hasSeconds {
            buffer.append(UInt8(ascii: ":"))
            Self.append(rest / 1_000_000 % 60, width: 2, to: buffer)
        }
        if fraction > 0 {
            buffer.append(UInt8(ascii: "."))
            var value = rest % 1_000_000
            for _ in fraction..<6 { value /= 10 }
            Self.append(value, width: fraction, to: buffer)
        }
        buffer.append(utf8: zone.rawValue)
    }

    private var length: Int {
        (hasSeconds ? 19 : 16) + (fraction > 0 ? fraction + 1 : 0) + zone.rawValue.utf8.count
    }

    private func number(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int? {
        CalendarDate.number(text, start, count)
    }

    static func append(_ number: Int, width: Int, to buffer: ByteBuffer) {
        var power = 1
        for _ in 1..<max(width, 1) { power *= 10 }
        while power > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }
}

/// `YYYY-MM-DD`, years 0001 to 9999.
enum CalendarDate {
    private static let first = CivilTime.days(year: 1, month: 1, day: 1) ?? 0
    private static let last = CivilTime.days(year: 9999, month: 12, day: 31) ?? 0

    /// Whether a day has a year of four digits.
    static func canWrite(_ days: Int) -> Bool { (first...last).contains(days) }

    static func days(in text: UnsafeRawBufferPointer) -> Int? {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = number(text, 0, 4), let month = number(text, 5, 2), let day = number(text, 8, 2)
        else { return nil }
        return CivilTime.days(year: year, month: month, day: day)
    }

    static func append(_ days: Int, to buffer: ByteBuffer) {
        let date = CivilTime.date(days: days)
        TimestampFormat.append(date.year, width: 4, to: buffer)
        buffer.append(UInt8(ascii: "-"))
        TimestampFormat.append(date.month, width: 2, to: buffer)
        buffer.append(UInt8(ascii: "-"))
        TimestampFormat.append(date.day, width: 2, to: buffer)
    }

    static func number(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for index in start..<(start + count) {
            guard text[index] >= 0x30, text[index] <= 0x39 else { return nil }
            value = value * 10 + Int(text[index] & 0x0F)
        }
        return value
    }
}
