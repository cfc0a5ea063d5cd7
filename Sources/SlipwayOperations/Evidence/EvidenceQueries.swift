package import SlipwayDomain
package import SlipwayStore

/// What people read of the evidence. It is the whole workspace's: who is entitled to some of its tenants alone finds none,
/// and it takes `audit.read`, as the access log does.
package struct EvidenceQueries: Sendable {
    private let log: EvidenceLog

    package init(_ log: EvidenceLog) {
        self.log = log
    }

    /// Which of the packets, and how many at once.
    package struct Page: Sendable {
        /// Nil for every scope.
        let scope: String?
        let after: Int64
        let limit: Int

        package init(scope: String?, after: Int64, limit: Int) {
            self.scope = scope
            self.after = after
            self.limit = limit
        }
    }

    /// The lines behind a place in the log, oldest first, and whether there are more.
    package func lines(
        _ context: OperationContext, reading read: () throws -> Page
    ) async throws -> (lines: [EvidenceLine], hasMore: Bool) {
        try context.require(.readAudit, on: nil, orHide: .workspace)
        let page = try read()
        let found = try await log.lines(after: page.after, scope: page.scope, limit: page.limit + 1)
        return (Array(found.prefix(page.limit)), found.count > page.limit)
    }

    /// The packet of that number.
    package func entry(_ sequence: String, _ context: OperationContext) async throws -> EvidenceLog.Entry {
        try context.require(.readAudit, on: nil, orHide: .packet(sequence))
        guard let number = Int64(sequence), String(number) == sequence, let entry = try await log.entry(number) else {
            throw NotFound.packet(sequence)
        }
        return entry
    }

    /// A bundle that anyone can check, of a scope's packets or of all there are; nothing to put in is `NotFound`.
    package func export(scope: String?, _ context: OperationContext) async throws -> [UInt8] {
        try context.require(.readAudit, on: nil, orHide: .workspace)
        let entries = try await log.entries(scope: scope)
        guard !entries.isEmpty else { throw NotFound.packet(scope ?? "any") }
        return try log.export(entries)
    }

    /// What packets are checked with; anyone who is here may have it.
    package var key: VerifyingKey { log.verifyingKey }
}
