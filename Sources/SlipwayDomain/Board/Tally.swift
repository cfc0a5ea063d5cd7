/// So many of so many. It is always counted anew from the checks it is named for.
package struct Tally: Hashable, Sendable, CustomStringConvertible {
    package let done: Int
    package let total: Int

    package init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }

    package var description: String { "\(done) of \(total)" }
}

/// How many gates are ready, and how many of the others have something behind them already. There is no percentage:
/// every number here is a count of gates.
package struct GateTally: Hashable, Sendable, CustomStringConvertible {
    package let ready: Int
    package let started: Int
    package let total: Int

    package var notStarted: Int { total - ready - started }

    package var description: String { "\(ready) of \(total) ready, \(started) started, \(notStarted) not started" }
}
