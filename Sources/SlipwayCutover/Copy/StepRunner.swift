import SlipwayPostgres
import SlipwaySQL

/// Runs steps of the runbook that are not done yet, each in one transaction with its record.
struct StepRunner {
    let names: TargetNames
    let records: BatchRecords

    func run(_ steps: [RunbookStep], done: Set<String>, on connection: PostgresConnection) throws {
        for step in steps where !done.contains(step.id) {
            try connection.scope("") {
                if step.id == "schema" {
                    // Only the login may make schemas in the database; the schema is the owner's from the start.
                    for statement in step.statements { try connection.run(statement) }
                    try connection.run("SET LOCAL ROLE \(SQL.quoted(names.owner))")
                } else {
                    try connection.run("SET LOCAL ROLE \(SQL.quoted(names.owner))")
                    try lift(step.tables, "NO FORCE", on: connection)
                    for statement in step.statements { try connection.run(statement) }
                    try lift(step.tables, "FORCE", on: connection)
                }
                try records.finish(step: step.id, on: connection)
            }
        }
    }

    private func lift(_ tables: [String], _ mode: String, on connection: PostgresConnection) throws {
        for table in Set(tables).sorted() {
            try connection.run("ALTER TABLE \(names.table(table)) \(mode) ROW LEVEL SECURITY")
        }
    }
}
