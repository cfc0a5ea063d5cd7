import CLibPQ
import Glibc
package import SlipwaySQL

/// One blocking connection to PostgreSQL over libpq. Not `Sendable`: it lives on its session's thread.
package final class PostgresConnection {
    let handle: OpaquePointer
    private var prepared: [String: String] = [:]
    private var isPoisoned = false

    /// Connects, or throws `unavailable` (cannot be reached), `denied` (login or certificate refused) or
    /// `misuse` (the address cannot be read).
    package init(_ address: PostgresAddress) throws(DatabaseError) {
        guard let handle = PQconnectdb(address.connectionString) else {
            throw .engine(code: "libpq", message: "out of memory while connecting")
        }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            throw PostgresErrorMapping.connecting(message, to: address)
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit {
        PQfinish(handle)
    }

    package var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Whether the server still holds an open transaction for this connection.
    package var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    package var isHealthy: Bool { !isPoisoned && PQstatus(handle) == CONNECTION_OK }

    /// Whether the connection is still there, as far as this end can tell without asking. One that the server closed
    /// while nobody used it has said so: what is sent on it would be lost, and be taken for a fault of the work.
    func isThere() -> Bool {
        guard isHealthy else { return false }
        var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        // A last word and the end of the connection are read one after the other.
        for _ in 0..<3 {
            guard poll(&socket, 1, 0) > 0 else { break }
            guard PQconsumeInput(handle) == 1 else { return false }
        }
        return PQstatus(handle) == CONNECTION_OK
    }

    /// Marks a connection whose state nobody knows any more: it is not used again.
    func poison() {
        isPoisoned = true
    }

    /// Runs one or several statements without values, as text; for definitions and transaction control.
    package func run(_ text: String) throws(DatabaseError) {
        try PostgresResult(PQexec(handle, text)).check(on: handle)
    }

    /// Runs one statement with values, prepared once a connection.
    package func query(_ text: String, _ binds: [SQLValue] = []) throws(DatabaseError) -> PostgresResult {
        let name = try preparedName(for: text, binds.count)
        let result = try PostgresParameters.withPointers(binds) { count, values, lengths, formats in
            PostgresResult(PQexecPrepared(handle, name, count, values, lengths, formats, 0))
        }
        try result.check(on: handle)
        return result
    }

    package func query(_ sql: SQL) throws(DatabaseError) -> PostgresResult {
        let (text, binds) = sql.rendered(for: .postgres)
        return try query(text, binds)
    }

    /// Runs the body between BEGIN and COMMIT; a throw from the body rolls back and is passed on.
    package func transaction<Value>(
        begin: String = "BEGIN", _ body: () throws -> Value
    ) throws -> Value {
        try run(begin)
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            if isHealthy { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Lets go of all statements when so many more would be too many.
    func makeRoom(for count: Int) throws(DatabaseError) {
        guard prepared.count + count > 1024 else { return }
        try run("DEALLOCATE ALL")
        prepared.removeAll()
    }

    func preparedName(for text: String, _ count: Int) throws(DatabaseError) -> String {
        if let name = prepared[text] { return name }
        try makeRoom(for: 1)
        let name = "s\(prepared.count)"
        try PostgresResult(PQprepare(handle, name, text, 0, nil)).check(on: handle)
        prepared[text] = name
        return name
    }
}
