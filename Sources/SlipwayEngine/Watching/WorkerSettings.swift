package import SlipwayDomain

/// How a worker works. All times in milliseconds.
package struct WorkerSettings: Sendable {
    /// How many runs it carries out at once.
    package var concurrency = 64
    /// How often it looks for due runs when nothing wakes it.
    package var pollMilliseconds = 200
    /// How long it lets runs end before it takes their successors, when more than half of its room is taken.
    package var gatherMilliseconds = 4
    /// How often it beats, looks at the other workers, writes progress down and asks for cancellations.
    package var beatMilliseconds = 500
    /// How long beats may stand still before others take its runs.
    package var leaseMilliseconds = 9000
    /// How long runs may go on when it is told to stop.
    package var graceMilliseconds = 10_000

    /// The one run it is there for; nil for any.
    package var only: ID<OperationRun>?

    package init() {}
}
