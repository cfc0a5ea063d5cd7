package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// The chain of the access log: entries get their places in it soon after they are written, and whoever has the
/// log can see whether one was changed, put in or taken out since.
package struct AccessChain: Sendable {
    private static let atOnce = 500

    private let database: any Database
    private let workspace: ID<Workspace>

    package init(_ database: any Database, workspace: ID<Workspace>) {
        self.database = database.scoped(to: .all(of: workspace))
        self.workspace = workspace
    }

    /// Gives every entry that is there a place. Safe to call at any time, from any server.
    package func advance() async throws {
        let workspace = workspace
        while true {
            let count = try await database.write { transaction in
                try AccessLog.chain(limit: Self.atOnce, in: workspace, transaction)
            }
            if count < Self.atOnce { return }
        }
    }

    package enum Verdict: Hashable, Sendable {
        /// So many entries, and the digest of the last.
        case holds(count: Int64, head: String)
        /// The first place that is not what was put there.
        case broken(position: Int64)
    }

    /// Computes the chain anew.
    package func verify() async throws -> Verdict {
        let workspace = workspace
        var (position, digest): (Int64, String) = (0, "")
        while true {
            let from = position
            let part = try await database.read {
                try AccessLog.chained(after: from, limit: Self.atOnce, in: workspace, $0)
            }
            for entry in part {
                position += 1
                digest = try entry.record.digest(at: position, in: workspace, after: digest)
                guard entry.position == position, entry.digest == digest else { return .broken(position: position) }
            }
            if part.count < Self.atOnce { return .holds(count: position, head: digest) }
        }
    }
}
