/// A connection's health with its age: what a check found counts for a time, and is unknown after it.
package struct ConnectionHealth: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        case neverChecked
        case current(HealthStatus)
        /// It was that once; what it is now nobody has looked.
        case stale(HealthStatus)

        package var isHealthy: Bool { self == .current(.healthy) }
    }

    package let status: HealthStatus
    package let checkedAt: Timestamp?

    package init(status: HealthStatus, checkedAt: Timestamp?) {
        self.status = status
        self.checkedAt = checkedAt
    }

    /// A check that a clock puts into the future counts as one of now.
    package func standing(at now: Timestamp, countsSeconds: Int) -> Standing {
        guard let checkedAt else { return .neverChecked }
        return now.microseconds - checkedAt.microseconds > Int64(countsSeconds) * 1_000_000
            ? .stale(status) : .current(status)
    }
}
