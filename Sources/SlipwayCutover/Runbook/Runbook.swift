import SlipwaySQL

/// All that is done to the target's catalogue, in order: what a reviewer reads is what is run.
package struct Runbook: Sendable {
    package let steps: [RunbookStep]

    package init(_ manifest: Manifest, names: TargetNames) {
        var steps = [Self.schema(names)]
        let tables = manifest.included
        steps += tables.map { TableRunbook($0, manifest, names).structure }
        for table in tables { steps += TableRunbook(table, manifest, names).keys }
        for table in tables { steps += TableRunbook(table, manifest, names).relations }
        steps.append(Self.rights(tables, names))
        self.steps = steps
    }

    private static func schema(_ names: TargetNames) -> RunbookStep {
        RunbookStep(
            id: "schema", phase: .structure, tables: [],
            statements: [
                "CREATE SCHEMA \(SQL.quoted(names.schema)) AUTHORIZATION \(SQL.quoted(names.owner))",
                "GRANT USAGE ON SCHEMA \(SQL.quoted(names.schema)) TO \(SQL.quoted(names.application))",
            ])
    }

    private static func rights(_ tables: [TableMapping], _ names: TargetNames) -> RunbookStep {
        RunbookStep(
            id: "rights", phase: .relations, tables: [],
            statements: tables.map { table in
                let verbs = table.tenant == .shared ? "SELECT" : "SELECT, INSERT, UPDATE, DELETE"
                return "GRANT \(verbs) ON \(names.table(table.target)) TO \(SQL.quoted(names.application))"
            })
    }

    /// Creates the roles a fresh server lacks; on a server where somebody else makes roles, hand them this.
    package static func roles(_ names: TargetNames) -> [(role: String, statement: String)] {
        [names.owner, names.application].map { role in
            (role, "CREATE ROLE \(SQL.quoted(role)) NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
        }
    }
}
