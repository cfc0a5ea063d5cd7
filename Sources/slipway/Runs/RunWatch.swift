import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// Follows a run on the terminal until it is over.
struct RunWatch {
    private let installation: Installation
    private let console: Console

    init(_ installation: Installation, _ console: Console) {
        self.installation = installation
        self.console = console
    }

    /// The run as it ended.
    func follow(_ id: ID<OperationRun>) async throws -> RunRecord {
        let queries = RunQueries(installation.database)
        let context = installation.context()
        var sequence: Int64 = 0
        let bar = ProgressBar(total: nil, isJSON: console.isJSON)
        while true {
            let (run, events) = try await queries.follow(id, after: sequence, context)
            for event in events {
                sequence = event.sequence
                let what = [event.kind.rawValue, event.outcome?.rawValue, event.reason?.rawValue]
                console.line("  \(event.at.rfc3339)  \(what.compactMap(\.self).joined(separator: " "))")
            }
            if run.status == .completed {
                bar.finish()
                return run
            }
            if let progress = run.progress { bar.show(run.type, done: progress.done, total: progress.total) }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
