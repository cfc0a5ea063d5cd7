import SlipwayDomain
import Synchronization

/// What a client asked for.
enum Request: Hashable, Sendable {
    case start(StartRequest)
    case claim(ID<OperationRun>)
    case finish(ID<OperationRun>)
    case cancel(ID<OperationRun>)
}

/// What it was answered.
enum Response: Hashable, Sendable {
    case accepted(ID<OperationRun>)
    case deduped(ID<OperationRun>)
    case busy(Set<ID<OperationRun>>)
    case done
    /// The run was not in a state for it; nothing happened.
    case refused
}

/// One request and its answer, each with its place in the order in which they were seen.
struct Exchange: Hashable, Sendable {
    let request: Request
    let asked: Int
    var response: Response
    let answered: Int
}

/// Records what many clients ask at once.
final class History: Sendable {
    private let order = Atomic(0)
    private let recorded = Mutex<[Exchange]>([])

    var exchanges: [Exchange] { recorded.withLock { $0 } }

    /// The runs that some client was told of.
    var runs: [ID<OperationRun>] {
        exchanges.compactMap { if case .accepted(let run) = $0.response { run } else { nil } }
    }

    func record(_ request: Request, _ body: () async throws -> Response) async throws {
        let asked = order.add(1, ordering: .sequentiallyConsistent).newValue
        let response = try await body()
        let answered = order.add(1, ordering: .sequentiallyConsistent).newValue
        recorded.withLock {
            $0.append(Exchange(request: request, asked: asked, response: response, answered: answered))
        }
    }
}
