/// A time zone: how far its clocks are ahead of UTC at each moment.
package struct ZoneRules: Sendable, Hashable {
    /// The zone's name in the tz database, such as `Europe/Kyiv`.
    package let name: String
    /// In seconds.
    package let offset: @Sendable (Timestamp) -> Int

    package init(name: String, offset: @escaping @Sendable (Timestamp) -> Int) {
        self.name = name
        self.offset = offset
    }

    package static let utc = ZoneRules(name: "UTC") { _ in 0 }

    /// Zones of one name are one.
    package static func == (left: ZoneRules, right: ZoneRules) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// What the zone's clocks show, in seconds since 1970-01-01T00:00 by themselves.
    func clockSeconds(at moment: Timestamp) -> Int64 {
        moment.wholeSeconds + Int64(offset(moment))
    }

    /// The moments at which the zone's clocks show that time: one as a rule; two when they are set back over it; and
    /// when they are set forward past it, the moment they are.
    func moments(showing clockSeconds: Int64) -> [Timestamp] {
        let (before, after) = (
            offset(Timestamp(seconds: clockSeconds - 86_400)), offset(Timestamp(seconds: clockSeconds + 86_400))
        )
        let candidates = Set([before, after]).map { clockSeconds - Int64($0) }.sorted()
        let showing = candidates.filter { self.clockSeconds(at: Timestamp(seconds: $0)) == clockSeconds }
        if !showing.isEmpty { return showing.map(Timestamp.init(seconds:)) }
        return [jump(between: candidates[0], and: candidates[candidates.count - 1])]
    }

    /// The moment the clocks are set, which lies after the first of the two and not after the second.
    private func jump(between first: Int64, and last: Int64) -> Timestamp {
        var (low, high) = (first, last)
        let offsetBefore = offset(Timestamp(seconds: low))
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(Timestamp(seconds: middle)) == offsetBefore { low = middle } else { high = middle }
        }
        return Timestamp(seconds: high)
    }
}

extension Timestamp {
    init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    var wholeSeconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    }
}
