import ArgumentParser
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The log of what was allowed and refused.",
        subcommands: [AuditList.self, AuditVerify.self])
}

struct AuditList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Entries, newest first.")

    @Flag(help: "Only what was refused.")
    var refused = false

    @Option(help: "How many.")
    var limit = 50

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 1000.") }
    }

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let entries = try await AccessQueries(installation.database).newest(
                refusedOnly: refused, limit: limit, installation.context())
            if entries.isEmpty { console.line("nothing was allowed or refused yet") }
            for entry in entries { console.line(AuditLines.line(entry)) }
            try console.result(["entries": .array(entries.map(AuditLines.json))])
        }
    }
}

struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compute the log's chain anew.",
        discussion: "Exit status: 0 when it holds, 3 when an entry was changed, put in or taken out.")

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Console.run(json: json) { console in
            let installation = try await Installation(data)
            let chain = AccessChain(installation.database, workspace: installation.workspace)
            try await chain.advance()
            switch try await chain.verify() {
            case .holds(let count, let head):
                console.line("the access log holds: \(Figures.count(Int(count))) entries, head \(head)")
                try console.result(["holds": true, "entries": .integer(count), "head": .string(head)])
            case .broken(let position):
                console.line("the access log does not hold from entry \(position) on")
                try console.result(["holds": false, "position": .integer(position)])
                throw ExitStatusOnly(status: .difference)
            }
        }
    }
}

enum AuditLines {
    static func line(_ entry: AccessEntryRecord) -> String {
        let record = entry.record
        let reason = record.reason.map { " (\($0))" } ?? ""
        return
            "\(record.at.rfc3339)  \(Figures.padded(record.decision.rawValue, 8)) \(record.actor) by \(record.origin.means) "
            + "from \(record.origin.source): \(record.action), \(record.resource)\(reason)"
    }

    static func json(_ entry: AccessEntryRecord) -> JSONValue {
        let record = entry.record
        return [
            "action": .string(record.action), "actor": .string(record.actor.description),
            "at": .string(record.at.rfc3339),
            "decision": .string(record.decision.rawValue), "digest": entry.digest.map(JSONValue.string) ?? .null,
            "means": .string(record.origin.means), "position": entry.position.map(JSONValue.integer) ?? .null,
            "reason": record.reason.map(JSONValue.string) ?? .null, "requestId": .string(record.origin.requestID),
            "resource": .string(record.resource), "source": .string(record.origin.source),
            "tenant": record.tenant.map { .integer($0.number) } ?? .null,
        ]
    }
}
