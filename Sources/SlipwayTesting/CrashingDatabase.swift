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

    /// What the process has of all its databases, whatever their scope.
    private final class Process: Sendable {
        let commits = Atomic(0)
        let isDead = Atomic(false)
    }

    private let inner: any Database
    private let crash: (commit: Int, moment: Moment)?
    private let process: Process

    /// Dies at the commit of that number, counted from 0; nil counts only.
    package convenience init(_ inner: any Database, crashingAt crash: (commit: Int, moment: Moment)? = nil) {
        self.init(inner, crash, Process())
    }

    private init(_ inner: any Database, _ crash: (commit: Int, moment: Moment)?, _ process: Process) {
        self.inner = inner
        self.crash = crash
        self.process = process
    }

    package func scoped(to scope: RowScope) -> any Database {
        CrashingDatabase(inner.scoped(to: scope), crash, process)
    }

    /// The process dies now.
    package func die() {
        process.isDead.store(true, ordering: .sequentiallyConsistent)
    }

    package var dialect: Dialect { inner.dialect }

    /// How many transactions were to be committed until now.
    package var commitCount: Int { process.commits.load(ordering: .sequentiallyConsistent) }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        if process.isDead.load(ordering: .sequentiallyConsistent) { throw SimulatedCrash() }
        return try await inner.read(body)
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        if process.isDead.load(ordering: .sequentiallyConsistent) { throw SimulatedCrash() }
        let number = process.commits.add(1, ordering: .sequentiallyConsistent).oldValue
        guard let crash, crash.commit == number else { return try await inner.write(body) }
        process.isDead.store(true, ordering: .sequentiallyConsistent)
        if crash.moment == .after { _ = try await inner.write(body) }
        throw SimulatedCrash()
    }
}

/// The process is dead, as far as the test is concerned.
package struct SimulatedCrash: Error {
    package init() {}
}
