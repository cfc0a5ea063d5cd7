/// Work that starts by the clock: through the same gate, with the same answers.
package struct Schedule: Sendable, Hashable {
    /// Names it in runs and in the log; unique in its file.
    package let name: String
    package let operation: String
    /// By name or number, as everywhere; nil for work that belongs to no tenant.
    package let tenant: String?
    package let connection: Int64?
    package let target: [String: String]
    package let cron: CronExpression
    package let zone: ZoneRules
    package let missed: MissedFiring

    package init(
        name: String, operation: String, tenant: String?, connection: Int64?, target: [String: String],
        cron: CronExpression, zone: ZoneRules, missed: MissedFiring
    ) {
        self.name = name
        self.operation = operation
        self.tenant = tenant
        self.connection = connection
        self.target = target
        self.cron = cron
        self.zone = zone
        self.missed = missed
    }

    package var initiator: Initiator { Initiator(kind: .schedule, name: name) }

    /// When it is due at or before a moment, of the times after another: the last of them, and how many came before
    /// it that are passed over. Nil when none is due.
    package func due(after last: Timestamp, upTo now: Timestamp) -> (at: Timestamp, passedOver: Int)? {
        var due: (at: Timestamp, passedOver: Int)?
        var next = cron.next(after: last, in: zone)
        while let at = next, at <= now {
            due = (at, due.map { $0.passedOver + 1 } ?? 0)
            next = cron.next(after: at, in: zone)
        }
        return due
    }
}

/// What becomes of a time at which no server was there to start the work.
package enum MissedFiring: String, CaseIterable, Sendable {
    /// Nothing: the next time counts.
    case skip
    /// The last of those that were missed is made up for, once.
    case once
}
