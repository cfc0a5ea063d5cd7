import SlipwayDomain
import SlipwaySQL

/// An event that an UPDATE of its run has just counted.
struct NewEvent {
    let run: ID<OperationRun>
    let sequence: Int64
    let event: RunEvent
    let fence: Int64

    init(_ event: RunEvent, of run: ID<OperationRun>, at sequence: Int64, _ fence: Int64) {
        self.run = run
        self.sequence = sequence
        self.event = event
        self.fence = fence
    }

    fileprivate var row: [SQLValue] {
        let (outcome, reason): (RunOutcome?, ReasonCode?) =
            switch event {
            case .finished(let outcome, let reason): (outcome, reason)
            case .blocked(let reason): (.blocked, reason)
            case .retryScheduled(let reason): (nil, reason)
            default: (nil, nil)
            }
        return [
            run.sqlValue, sequence.sqlValue, .text(event.kind.rawValue), (outcome?.rawValue).sqlValue,
            (reason?.rawValue).sqlValue, fence.sqlValue,
        ]
    }
}

/// Writes histories of runs.
enum RunEvents {
    static func append(_ events: [NewEvent], _ now: Timestamp, _ transaction: any Transaction) throws {
        for part in events.slices(for: transaction.dialect) {
            try transaction.follow(with: [
                """
                INSERT INTO run_events (run_id, sequence, kind, outcome, reason_code, fence, at)
                SELECT column1, column2, column3, column4, column5, column6, \(now)
                FROM \(rows: part.map(\.row), .integer, .integer, .text, .text, .text, .integer)
                """
            ])
        }
    }
}
