import SlipwayPostgres
import SlipwaySQL
import SlipwaySQLite

/// How much goes into one transaction of the copy.
package struct BatchSize: Sendable {
    package var rows: Int
    package var bytes: Int

    package static let usual = BatchSize(rows: 25_000, bytes: 8 << 20)

    package init(rows: Int, bytes: Int) {
        self.rows = rows
        self.bytes = bytes
    }
}

/// Copies one table, batch by batch, from wherever its checkpoint stands.
struct TableCopier {
    let table: TableMapping
    let scan: TableScan
    let file: SQLiteFile
    let records: BatchRecords
    let batch: BatchSize

    /// Afterwards the checkpoint says complete and every row is in the target. Each batch's rows and its
    /// checkpoint are committed together, so that a rerun after any kind of end repeats at most one batch.
    func copy(on connection: PostgresConnection, progress: (Int) -> Void) throws -> Checkpoint {
        var checkpoint = try records.checkpoint(of: table.source, on: connection) ?? Checkpoint()
        guard !checkpoint.isComplete else { return checkpoint }
        let cursor = try scan.cursor(in: file, after: checkpoint.position)
        let encoder = RowEncoder(table, scan: scan)
        let buffer = ByteBuffer(capacity: 128 << 10)
        while !checkpoint.isComplete {
            let before = checkpoint.rows
            checkpoint = try connection.scope("") {
                try copyBatch(from: checkpoint, cursor, encoder, buffer, on: connection)
            }
            progress(checkpoint.rows - before)
        }
        return checkpoint
    }

    private func copyBatch(
        from start: Checkpoint, _ cursor: SQLiteCursor, _ encoder: RowEncoder, _ buffer: ByteBuffer,
        on connection: PostgresConnection
    ) throws -> Checkpoint {
        let name = records.names.table(table.target)
        let list = PostgresText.list(TableDefinition.columnNames(of: table))
        try connection.run(
            """
            SET LOCAL ROLE \(SQL.quoted(records.names.owner)); SET LOCAL synchronous_commit = off;
            ALTER TABLE \(name) NO FORCE ROW LEVEL SECURITY
            """)
        var checkpoint = start
        let taken = try connection.copyIn("COPY \(name) (\(list)) FROM STDIN (FORMAT binary)") { sender in
            checkpoint = try send(from: start, cursor, encoder, buffer, to: sender)
        }
        guard taken == checkpoint.rows - start.rows else {
            throw CutoverError.protocolFault(
                "\(table.source): sent \(checkpoint.rows - start.rows) rows, the server took \(taken)")
        }
        checkpoint.batches += 1
        try records.save(checkpoint, of: table.source, on: connection)
        try connection.run("ALTER TABLE \(name) FORCE ROW LEVEL SECURITY")
        return checkpoint
    }

    private func send(
        from start: Checkpoint, _ cursor: SQLiteCursor, _ encoder: RowEncoder, _ buffer: ByteBuffer,
        to sender: borrowing CopySender
    ) throws -> Checkpoint {
        var checkpoint = start
        var sent = 0
        var rows = 0
        buffer.removeAll()
        RowEncoder.header.withUnsafeBytes { buffer.append($0) }
        while rows < batch.rows, sent + buffer.count < batch.bytes {
            guard try cursor.next() else {
                checkpoint.isComplete = true
                break
            }
            try encoder.append(cursor, to: buffer)
            rows += 1
            if rows == batch.rows || sent + buffer.count >= batch.bytes {
                checkpoint.position = scan.position(of: cursor)
            }
            if buffer.count >= 64 << 10 {
                sent += buffer.count
                try sender.send(buffer.bytes)
                buffer.removeAll()
            }
        }
        RowEncoder.trailer.withUnsafeBytes { buffer.append($0) }
        try sender.send(buffer.bytes)
        checkpoint.rows += rows
        return checkpoint
    }
}
