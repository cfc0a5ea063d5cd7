package import SlipwaySQL
import Synchronization

/// A database whose process dies at a commit: before it, so that nothing of the transaction is there, or after it, so
/// that all of it is and nobody was told.
///
/// Commits are counted; everything after the crash fails too, as nothing runs in a process that is dead.
package final class CrashingDatabase: Database {
    package enum Moment: String, CaseIterable, Sendable {
        case before
        case after
    }

    private let inner: any Database
    private let crash: (commit: Int, moment: Moment)?
    private let commits = Atomic(0)
    private let isDead = Atomic(false)

    /// Dies at the commit of that number, counted from 0; nil counts only.
    package init(_ inner: any Database, crashingAt crash: (commit: Int, moment: Moment)? = nil) {
        self.inner = inner
        self.crash = crash
    }

    /// The process dies now.
    package func die() {
        isDead.store(true, ordering: .sequentiallyConsistent)
    }

    package var dialect: Dialect { inner.dialect }

    /// How many transactions were to be committed until now.
    package var commitCount: Int { commits.load(ordering: .sequentiallyConsistent) }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        if isDead.load(ordering: .sequentiallyConsistent) { throw SimulatedCrash() }
        return try await inner.read(body)
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        if isDead.load(ordering: .sequentiallyConsistent) { throw SimulatedCrash() }
        let number = commits.add(1, ordering: .sequentiallyConsistent).oldValue
        guard let crash, crash.commit == number else { return try await inner.write(body) }
        isDead.store(true, ordering: .sequentiallyConsistent)
        if crash.moment == .after { _ = try await inner.write(body) }
        throw SimulatedCrash()
    }
}

/// The process is dead, as far as the test is concerned.
package struct SimulatedCrash: Error {
    package init() {}
}
