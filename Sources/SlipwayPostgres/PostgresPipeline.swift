import CLibPQ
import SlipwaySQL

/// One statement with its values, as it goes to the server.
struct PostgresCommand: Sendable {
    let text: String
    let binds: [SQLValue]

    init(text: String, binds: [SQLValue]) {
        self.text = text
        self.binds = binds
    }

    init(_ sql: SQL) {
        (text, binds) = sql.rendered(for: .postgres)
    }
}

extension PostgresConnection {
    /// Sends commands together and returns the answer to the last. Throws the first error there is; the commands behind
    /// it were not run then.
    ///
    /// Source: libpq's pipeline mode, https://www.postgresql.org/docs/15/libpq-pipeline-mode.html
    func pipeline(_ commands: [PostgresCommand]) throws(DatabaseError) -> PostgresResult {
        guard let last = commands.last else { throw .misuse("there is nothing to send") }
        if commands.count == 1 { return try query(last.text, last.binds) }
        // What cannot be sent is refused before anything is.
        for command in commands { try PostgresParameters.check(command.binds) }
        try makeRoom(for: commands.count)
        var names: [String] = []
        for command in commands { names.append(try preparedName(for: command.text, command.binds.count)) }
        guard PQenterPipelineMode(handle) == 1 else {
            throw .engine(code: "libpq", message: "the connection cannot send statements together")
        }
        do throws(DatabaseError) {
            for (command, name) in zip(commands, names) { try send(command, name) }
            guard PQpipelineSync(handle) == 1 else { throw broken() }
        } catch {
            // Half a pipeline cannot be taken back: the connection is of no more use.
            poison()
            throw error
        }
        let answers = try answers(to: commands.count)
        guard PQexitPipelineMode(handle) == 1 else { throw broken() }
        for answer in answers { try answer.check(on: handle) }
        guard let answer = answers.last else { throw broken() }
        return answer
    }

    private func send(_ command: PostgresCommand, _ name: String) throws(DatabaseError) {
        let sent = try PostgresParameters.withPointers(command.binds) { count, values, lengths, formats in
            PQsendQueryPrepared(handle, name, count, values, lengths, formats, 0)
        }
        guard sent == 1 else { throw broken() }
    }

    /// One answer for each command, and the end of the pipeline read.
    private func answers(to count: Int) throws(DatabaseError) -> [PostgresResult] {
        var answers: [PostgresResult] = []
        for _ in 0..<count {
            guard let pointer = PQgetResult(handle) else { throw broken() }
            answers.append(PostgresResult(pointer))
            while let more = PQgetResult(handle) { PQclear(more) }
        }
        guard let end = PQgetResult(handle) else { throw broken() }
        defer { PQclear(end) }
        guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else { throw broken() }
        return answers
    }

    private func broken() -> DatabaseError {
        .unavailable("the connection to PostgreSQL broke: \(String(cString: PQerrorMessage(handle)))")
    }
}
