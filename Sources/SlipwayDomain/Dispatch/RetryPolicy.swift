/// How often and how patiently a run is tried again.
package struct RetryPolicy: Hashable, Sendable {
    /// Attempts in all, the first included.
    package let attempts: Int
    /// Before the second attempt; it doubles each time, up to the longest.
    package let firstPauseMilliseconds: Int
    package let longestPauseMilliseconds: Int

    package init(attempts: Int, firstPauseMilliseconds: Int, longestPauseMilliseconds: Int) {
        precondition(attempts > 0 && firstPauseMilliseconds >= 0, "a policy has an attempt and no negative pause")
        self.attempts = attempts
        self.firstPauseMilliseconds = firstPauseMilliseconds
        self.longestPauseMilliseconds = longestPauseMilliseconds
    }

    /// No pause is longer, whatever a provider asks for: one hour.
    package static let longestPauseMilliseconds = 3_600_000

    package static let usual = RetryPolicy(
        attempts: 5, firstPauseMilliseconds: 1000, longestPauseMilliseconds: 300_000)

    /// The same patience for fewer attempts, or more.
    package func limited(to attempts: Int) -> RetryPolicy {
        RetryPolicy(
            attempts: attempts, firstPauseMilliseconds: firstPauseMilliseconds,
            longestPauseMilliseconds: longestPauseMilliseconds)
    }

    /// How long to wait after an attempt that failed, between half and the whole of the doubled pause, so that many
    /// that failed together do not come back together. Nil when that attempt was the last. A provider that asks for
    /// a longer pause gets it, up to an hour.
    package func pauseMilliseconds(after attempt: Int, asked: Int? = nil, random: UInt64) -> Int? {
        guard attempt < attempts else { return nil }
        let doublings = min(max(attempt - 1, 0), 40)
        let whole = min(firstPauseMilliseconds << doublings, longestPauseMilliseconds)
        let half = whole / 2
        let jittered = half + (half > 0 ? Int(random % UInt64(half + 1)) : 0)
        return min(max(jittered, asked ?? 0), Self.longestPauseMilliseconds)
    }
}
