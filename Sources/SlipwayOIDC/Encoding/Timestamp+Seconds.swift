import SlipwayDomain

extension Timestamp {
    /// Whole seconds since 1970 that have passed.
    var seconds: Int64 { microseconds / 1_000_000 }

    init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    /// Whether the span since then is shorter than this. A clock that was set back since then has lost the count, and
    /// the answer is no.
    func isWithin(seconds: Int64, of start: Timestamp) -> Bool {
        self >= start && self < start.advanced(seconds: seconds)
    }
}
