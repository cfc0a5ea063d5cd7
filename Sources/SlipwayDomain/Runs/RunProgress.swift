/// How far a run has come, in the unit its operation counts in.
package struct RunProgress: Hashable, Sendable {
    package var done: Int
    /// Nil while the end is not known.
    package var total: Int?

    package init(done: Int, total: Int? = nil) {
        self.done = done
        self.total = total
    }

    package var json: JSONValue {
        ["done": .integer(Int64(done)), "total": total.map { .integer(Int64($0)) } ?? .null]
    }
}
