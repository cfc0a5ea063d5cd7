package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Keeps what runs find at providers and bring from there.
package struct RunFindings: ConnectionRecords, DirectoryRecords {
    private let database: any Database
    private let clock: any WallClock
    private let ids: IDSource

    package init(_ database: any Database, clock: any WallClock, ids: IDSource) {
        self.database = database.scoped(to: .system)
        self.clock = clock
        self.ids = ids
    }

    package func found(
        _ findings: ConnectionFindings, of connection: ID<ProviderConnection>, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) {
        let now = clock.now()
        let event = ConnectionEvent(
            kind: .checked, detail: findings.line, actor: "run \(permit.run)", at: now)
        let number = await ids.next(AccessEntry.self, at: now)
        try await kept { transaction in
            try ConnectionStore.found(findings, of: connection, at: now, transaction)
            try ConnectionHistory.add(event, numbered: number, to: connection, transaction)
        }
    }

    package func cursor(
        of copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> String? {
        try await inCopy(copy, permit.run) { _, cursor, _ in cursor }
    }

    package func bring(
        _ page: DirectoryPage, to copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) {
        let (run, now) = (permit.run, clock.now())
        try await inCopy(copy, run) { id, _, transaction in
            try DirectoryStore.bring(page, to: id, by: run, at: now, transaction)
        }
    }

    package func finish(
        _ copy: DirectoryCopy, cursor: String?, wasWhole: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> Int {
        let (run, now) = (permit.run, clock.now())
        return try await inCopy(copy, run) { id, _, transaction in
            try DirectoryStore.finish(id, cursor: cursor, wasWhole: wasWhole, by: run, at: now, transaction)
        }
    }

    package func objects(
        of copy: DirectoryCopy, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> [DirectoryObject] {
        try await kept { try DirectoryStore.objects(of: copy, $0) }
    }

    private func inCopy<Value: Sendable>(
        _ copy: DirectoryCopy, _ run: ID<OperationRun>,
        _ body: @escaping @Sendable (ID<DirectoryCopy>, String?, any Transaction) throws -> Value
    ) async throws(AdapterFailure) -> Value {
        let fresh = await ids.next(DirectoryCopy.self, at: clock.now())
        return try await kept { transaction in
            guard let found = try ConnectionStore.connectionOfRun(run, copy.connection, transaction) else {
                throw NotFound.connection(copy.connection.description)
            }
            let (id, cursor) = try DirectoryStore.copy(copy, orNew: fresh, in: found.workspace, transaction)
            return try body(id, cursor, transaction)
        }
    }

    /// What cannot be kept now is tried again with the whole step: nothing of it was kept.
    private func kept<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws(AdapterFailure) -> Value {
        do {
            return try await database.write(body)
        } catch is NotFound {
            throw .terminal(.connectionMissing)
        } catch {
            throw .transient(.internalFault)
        }
    }
}

extension ConnectionFindings {
    /// For the connection's history.
    fileprivate var line: String {
        let why = reason.map { ", \($0.rawValue)" } ?? ""
        return "\(health.rawValue), consent \(consent.rawValue)\(why)"
    }
}
