extension Timestamp {
    /// Reads what `rfc3339` writes, and no other form of it; nil for anything else.
    package init?(rfc3339 text: String) {
        let fields = text.split(whereSeparator: { "-T:.Z".contains($0) }).map { Int($0) }
        guard fields.count == 7, case let numbers = fields.compactMap(\.self), numbers.count == 7,
            let days = CivilDate.days(year: numbers[0], month: numbers[1], day: numbers[2])
        else { return nil }
        let seconds = (days * 24 + numbers[3]) * 3600 + numbers[4] * 60 + numbers[5]
        self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(numbers[6]))
        // A 25th hour, a missing zero or another zone is not what would be written.
        guard rfc3339.utf8.elementsEqual(text.utf8) else { return nil }
    }
}
