import CLibPQ
package import SlipwaySQL

extension PostgresConnection {
    /// Streams rows into `COPY … FROM STDIN`. The body sends bytes through the sender; when it throws, the COPY
    /// is cancelled and nothing of it stays. Returns the rows the server took.
    package func copyIn(_ text: String, _ body: (borrowing CopySender) throws -> Void) throws -> Int {
        try PostgresResult(PQexec(handle, text)).check(on: handle)
        do {
            try body(CopySender(handle: handle))
        } catch {
            if PQputCopyEnd(handle, "cancelled by the sender") == 1 { drain() }
            throw error
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        let result = PostgresResult(PQgetResult(handle))
        drain()
        try result.check(on: handle)
        return result.changed
    }

    /// Streams `COPY … TO STDOUT`: each chunk is one row in binary format, after a header; it is lent for the
    /// length of the call.
    package func copyOut(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try PostgresResult(PQexec(handle, text)).check(on: handle)
        var chunk: UnsafeMutablePointer<CChar>?
        while true {
            let length = PQgetCopyData(handle, &chunk, 0)
            guard length > 0 else { break }
            defer { PQfreemem(chunk) }
            do {
                try body(UnsafeRawBufferPointer(start: chunk, count: Int(length)))
            } catch {
                cancelAndDrain()
                throw error
            }
        }
        let result = PostgresResult(PQgetResult(handle))
        drain()
        try result.check(on: handle)
    }

    private func drain() {
        while let rest = PQgetResult(handle) { PQclear(rest) }
    }

    private func cancelAndDrain() {
        if let cancel = PQgetCancel(handle) {
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(cancel, &message, 256)
            PQfreeCancel(cancel)
        }
        var chunk: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle, &chunk, 0) > 0 { PQfreemem(chunk) }
        drain()
    }

    fileprivate func lost() -> DatabaseError {
        .unavailable("the connection to PostgreSQL was lost: \(PostgresErrorMapping.firstLine(of: handle))")
    }
}

/// Sends bytes into a running COPY; valid only inside the body it was lent to.
package struct CopySender: ~Copyable {
    let handle: OpaquePointer

    /// Hands the bytes to libpq, waiting while the server is behind. Throws what the server said when it has
    /// given up on the COPY, and `unavailable` when the connection is gone.
    package func send(_ bytes: UnsafeRawBufferPointer) throws(DatabaseError) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        let start = base.assumingMemoryBound(to: CChar.self)
        guard PQputCopyData(handle, start, Int32(bytes.count)) == 1 else {
            throw .unavailable("the connection to PostgreSQL was lost: \(PostgresErrorMapping.firstLine(of: handle))")
        }
    }
}
