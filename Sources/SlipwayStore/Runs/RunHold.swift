import SlipwayDomain
import SlipwaySQL

/// What an active run holds, and how it lets go.
enum RunHold {
    /// The scope that stands for an identity: no protected scope begins so.
    static func identity(_ identity: String) -> String { "=" + identity }

    /// Frees all that these runs hold; part of the transaction that completes them.
    static func release(_ runs: [(id: ID<OperationRun>, scopes: [String])], in transaction: any Transaction) throws {
        try transaction.follow(with: [
            """
            DELETE FROM run_holds WHERE \(anyOf: runs.flatMap(\.scopes), in: "scope")
                AND \(anyOf: runs.map(\.id), in: "run_id")
            """
        ])
    }
}

extension RunRecord {
    /// The scopes of everything the run holds while it is active.
    package var held: [String] { [RunHold.identity(identity)] + scopes }
}
