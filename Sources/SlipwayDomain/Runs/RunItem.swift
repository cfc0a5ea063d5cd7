/// One thing a run is to do, such as one group to sync.
package struct RunItem: Hashable, Sendable {
    /// The item's name within the run, shown to people; unique in it.
    package let key: String
    package var status: ItemStatus
    package var reason: ReasonCode?

    package init(key: String, status: ItemStatus = .planned, reason: ReasonCode? = nil) {
        self.key = key
        self.status = status
        self.reason = reason
    }
}

package enum ItemStatus: String, CaseIterable, Sendable {
    case planned
    case succeeded
    case failed
    case skipped
    /// Something was sent and nothing came back; only the provider knows.
    case unknown
}

/// How many items ended how. When a run is over, `planned = succeeded + failed + skipped + unknown`.
package struct ItemCounts: Hashable, Sendable {
    package var planned = 0
    package var succeeded = 0
    package var failed = 0
    package var skipped = 0
    package var unknown = 0

    package init() {}

    package init(_ items: some Sequence<RunItem>) {
        for item in items {
            planned += 1
            switch item.status {
            case .planned: break
            case .succeeded: succeeded += 1
            case .failed: failed += 1
            case .skipped: skipped += 1
            case .unknown: unknown += 1
            }
        }
    }

    /// What a run with these counts came to. Nothing to do is a success; an unknown is never one.
    package var outcome: RunOutcome {
        if failed + unknown == 0 { return .succeeded }
        return succeeded > 0 ? .partiallySucceeded : .failed
    }

    /// The canonical text of `json`; written out, because every run that ends has it.
    package var text: String {
        "{\"failed\":\(failed),\"planned\":\(planned),\"skipped\":\(skipped),\"succeeded\":\(succeeded),\"unknown\":\(unknown)}"
    }

    package var json: JSONValue {
        [
            "planned": .integer(Int64(planned)), "succeeded": .integer(Int64(succeeded)),
            "failed": .integer(Int64(failed)), "skipped": .integer(Int64(skipped)),
            "unknown": .integer(Int64(unknown)),
        ]
    }
}
