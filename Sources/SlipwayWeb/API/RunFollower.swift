import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// Follows one run for one listener: its events in order, each once, its progress between them, an end.
actor RunFollower {
    private let run: ID<OperationRun>
    private let services: Services
    private let exchange: Exchange
    private var context: OperationContext
    private var sequence: Int64
    private var progress: RunProgress?
    private var mark: RunMark?
    private var isCaughtUp = false
    private var isStarted = false
    private var isOver = false
    private var quiet = 0
    private var looks = 0

    init(_ run: ID<OperationRun>, after sequence: Int64, _ services: Services, _ exchange: Exchange) {
        self.run = run
        self.sequence = sequence
        self.services = services
        self.exchange = exchange
        context = exchange.context
    }

    /// The text of what is new; empty when nothing is; nil after the end.
    func next() async throws -> String? {
        if isOver || services.isStopping() { return nil }
        if isStarted {
            await services.pause()
            // A listener whose session ended, or who may no longer see the run, is let go.
            looks += 1
            if looks % 20 == 0 { context = try await exchange.again() }
            let now = try await services.runs.mark(of: run, context)
            if now == mark, isCaughtUp { return stillHere() }
            mark = now
        }
        let (record, events) = try await services.runs.follow(run, after: sequence, context)
        var text = ""
        if !isStarted {
            isStarted = true
            text += "retry: 3000\n\n"
            // More than there ever was: the history is another than the listener knows.
            if sequence > record.events {
                sequence = 0
                text += try event("reset", ["from": .integer(0)])
                return text
            }
        }
        for recorded in events {
            sequence = recorded.sequence
            text += "id: \(sequence)\n" + (try event("run", RunJSON.event(recorded)))
        }
        isCaughtUp = sequence >= record.events
        if let now = record.progress, now != progress {
            progress = now
            text += try event("progress", now.json)
        }
        if record.status == .completed, sequence >= record.events {
            isOver = true
            text += try event("end", RunJSON.run(record))
        }
        return text
    }

    /// A comment now and then, so that a connection that is gone is noticed.
    private func stillHere() -> String {
        quiet += 1
        return quiet % 60 == 0 ? ": still here\n\n" : ""
    }

    private func event(_ name: String, _ data: JSONValue) throws -> String {
        "event: \(name)\ndata: \(String(decoding: try data.canonicalBytes, as: UTF8.self))\n\n"
    }
}
