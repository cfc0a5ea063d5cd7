package import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// What a look at the target's wiring found.
package struct WiringReport: Sendable {
    package let checks: [ConnectionCheck]
    /// Whether the target's own tables were looked at; otherwise the runbook's, made in a transaction that was rolled back.
    package let isInPlace: Bool
    package let hostDigest: Digest
    package let fingerprint: String?

    package var passes: Bool { checks.allSatisfy { $0.outcome != .fail } }
}

/// Measures, on the server, what keeps tenants apart there: the endpoint and its certificate, the tenant's context, the
/// roles, and the policies of every table. Where the tables are not there yet, the runbook makes them for the length of
/// one transaction.
package struct WiringStage: Sendable {
    private let job: CutoverJob
    /// The claims that a session may come with: a role each.
    private let claims: [String]
    /// The certificate that the connection was accepted with; nil where there was none.
    private let accepted: String?

    package init(_ job: CutoverJob, claims: [String], accepted: String?) {
        self.job = job
        self.claims = claims
        self.accepted = accepted
    }

    package func run() async throws -> WiringReport {
        try await PostgresSession(job.target).run { try report(on: $0) }
    }

    private struct Undo: Error {}

    private func report(on connection: PostgresConnection) throws -> WiringReport {
        try TargetTrust.require(connection, job.manifest.target)
        let present = try RowSecurityAudit(job.names).presentTables(job.manifest.included, on: connection)
        let isInPlace = !present.isEmpty
        var checks = [endpoint(connection)]
        do {
            try connection.transaction {
                let names = isInPlace ? job.names : job.names.rehearsal
                if !isInPlace { try rehearse(names, on: connection) }
                let audit = RowSecurityAudit(names)
                let there = job.manifest.included.filter { !isInPlace || present.contains($0.target) }
                checks.append(try audit.context(there, on: connection))
                checks.append(try audit.claims(claims, job.manifest.included, on: connection))
                checks.append(try audit.policies(job.manifest.included, on: connection))
                throw Undo()
            }
        } catch is Undo {
        }
        return WiringReport(
            checks: checks, isInPlace: isInPlace, hostDigest: Digest(sha256Of: Array(connection.host.utf8)),
            fingerprint: connection.certificate?.fingerprint)
    }

    /// The same server, with the certificate that was accepted when the connection was recorded.
    private func endpoint(_ connection: PostgresConnection) -> ConnectionCheck {
        let shown = connection.certificate?.fingerprint
        guard shown == accepted else {
            return ConnectionCheck(
                id: "endpoint", outcome: .fail,
                detail: "the server shows \(shown ?? "no certificate"), and \(accepted ?? "none") was accepted")
        }
        return ConnectionCheck(
            id: "endpoint", outcome: .pass,
            detail: shown.map { "the certificate that was accepted: \($0)" } ?? "a local connection, as it was accepted"
        )
    }

    private func rehearse(_ names: TargetNames, on connection: PostgresConnection) throws {
        let records = BatchRecords(names: names, cutover: job.manifest.name)
        let preparation = TargetPreparation(
            manifest: job.manifest, manifestDigest: "rehearsal", fingerprint: "rehearsal", names: names,
            records: records)
        try preparation.ensureRoles(on: connection)
        let steps = Runbook(job.manifest, names: names).steps
        for step in steps.prefix(1) { for statement in step.statements { try connection.run(statement) } }
        try records.prepare(on: connection)
        try StepRunner(names: names, records: records).run(Array(steps.dropFirst()), done: [], on: connection)
    }
}
