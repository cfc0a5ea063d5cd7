package import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// One thing the connection stage tried.
package struct ConnectionCheck: Sendable, Hashable {
    package enum Outcome: String, Sendable { case pass, fail, notApplicable = "not_applicable" }
    package var id: String
    package var outcome: Outcome
    package var detail: String
}

package struct ConnectReport: Sendable {
    package var endpoint: String
    package var hostDigest: Digest
    package var server: String
    package var checks: [ConnectionCheck]
    package var fingerprint: String?
    /// For how many days the certificate holds; nil without one.
    package var certificateDaysLeft: Int?

    package var passes: Bool { checks.allSatisfy { $0.outcome != .fail } }
}

/// Proves that the target can be used: reachable, encrypted, with roles that row-level security binds, and
/// writable. What is written is undone in the same transaction.
package struct ConnectStage: Sendable {
    private let job: CutoverJob
    /// The roles whose claims a session may come with.
    private let claims: [String]

    package init(_ job: CutoverJob, claims: [String] = ScenarioRole.allCases.map(\.rawValue)) {
        self.job = job
        self.claims = claims
    }

    package func run() async throws -> ConnectReport {
        try await PostgresSession(job.target).run { try report(on: $0) }
    }

    private func report(on connection: PostgresConnection) throws -> ConnectReport {
        var report = ConnectReport(
            endpoint: Self.masked(connection), hostDigest: Digest(sha256Of: Array(connection.host.utf8)),
            server: "PostgreSQL \(connection.serverVersion / 10_000).\(connection.serverVersion % 10_000)",
            checks: [], fingerprint: connection.certificate?.fingerprint,
            certificateDaysLeft: connection.certificate?.daysLeft)
        guard connection.serverVersion >= 150_000 else {
            throw CutoverError.blocked("the target is \(report.server): Slipway needs PostgreSQL 15 or newer")
        }
        report.checks.append(
            ConnectionCheck(id: "endpoint", outcome: .pass, detail: "\(report.server) answered at \(report.endpoint)"))
        report.checks.append(try tls(connection))
        report.checks += try probes(on: connection)
        return report
    }

    private func tls(_ connection: PostgresConnection) throws -> ConnectionCheck {
        try TargetTrust.require(connection, job.manifest.target)
        guard let certificate = connection.certificate else {
            let isLocal = TargetTrust.isLocal(connection.host)
            let why =
                isLocal
                ? "a local connection: nothing crosses a network" : "accepted in the clear by target.allow_plaintext"
            return ConnectionCheck(id: "tls", outcome: .notApplicable, detail: why)
        }
        let pin = job.manifest.target.tlsFingerprint == nil ? "; pin it with target.tls_fingerprint" : ", as pinned"
        let detail =
            "\(certificate.fingerprint)\(pin); issued by \(certificate.issuer), \(certificate.daysLeft) days left"
        return ConnectionCheck(id: "tls", outcome: certificate.daysLeft > 0 ? .pass : .fail, detail: detail)
    }

    /// Both probes run in one transaction that is rolled back: nothing stays, whatever happens.
    private func probes(on connection: PostgresConnection) throws -> [ConnectionCheck] {
        var checks: [ConnectionCheck] = []
        do {
            try connection.transaction {
                checks.append(try rbac(on: connection))
                checks.append(try writeProbe(on: connection))
                throw Undo()
            }
        } catch is Undo {
        }
        return checks
    }

    private struct Undo: Error {}

    private var probe: String { "\"slipway_probe\".\"probe\"" }

    private func rbac(on connection: PostgresConnection) throws -> ConnectionCheck {
        let names = job.names
        let preparation = TargetPreparation(
            manifest: job.manifest, manifestDigest: "", fingerprint: "", names: names,
            records: BatchRecords(names: names, cutover: job.manifest.name))
        try preparation.ensureRoles(on: connection)
        let setting = PostgresText.literal(names.tenantSetting)
        try connection.run(
            """
            CREATE SCHEMA slipway_probe AUTHORIZATION \(SQL.quoted(names.owner));
            GRANT USAGE ON SCHEMA slipway_probe TO \(SQL.quoted(names.application));
            SET LOCAL ROLE \(SQL.quoted(names.owner));
            CREATE TABLE \(probe) (tenant text NOT NULL, note text);
            ALTER TABLE \(probe) ENABLE ROW LEVEL SECURITY;
            ALTER TABLE \(probe) FORCE ROW LEVEL SECURITY;
            CREATE POLICY probe ON \(probe) USING (tenant = current_setting(\(setting), true))
                WITH CHECK (tenant = current_setting(\(setting), true));
            GRANT SELECT, INSERT, UPDATE, DELETE ON \(probe) TO \(SQL.quoted(names.application));
            SET LOCAL ROLE \(SQL.quoted(names.application))
            """)
        let side = TargetSide(names: names)
        try side.nameTenant(TenantName("probe-a"), on: connection)
        _ = try connection.query("INSERT INTO \(probe) VALUES ('probe-a', 'mine')")
        let own = try connection.query("SELECT count(*) FROM \(probe)").integer(0, 0)
        try side.nameTenant(TenantName("probe-b"), on: connection)
        let foreign = try connection.query("SELECT count(*) FROM \(probe)").integer(0, 0)
        let changed = try connection.query("UPDATE \(probe) SET note = 'taken'").changed
        let (allowed, denied) = try sessions(on: connection)
        let holds =
            own == 1 && foreign == 0 && changed == 0 && allowed == claims.count && denied == claims.count
        let detail =
            "\(names.application) sees its own row (\(own ?? -1)) and none of another tenant's (\(foreign ?? -1) seen, \(changed) changed); of \(claims.count) roles \(allowed) were let in and \(denied) kept out"
        return ConnectionCheck(id: "rbac", outcome: holds ? .pass : .fail, detail: detail)
    }

    /// How many roles' sessions see their own tenant's row, and how many see none of another's.
    private func sessions(on connection: PostgresConnection) throws -> (allowed: Int, denied: Int) {
        let side = TargetSide(names: job.names)
        var (allowed, denied) = (0, 0)
        for claim in claims {
            _ = try connection.query("SELECT set_config('slipway.role', $1, true)", [.text(claim)])
            try side.nameTenant(TenantName("probe-a"), on: connection)
            if try connection.query("SELECT count(*) FROM \(probe)").integer(0, 0) == 1 { allowed += 1 }
            try side.nameTenant(TenantName("probe-b"), on: connection)
            if try connection.query("SELECT count(*) FROM \(probe)").integer(0, 0) == 0 { denied += 1 }
        }
        return (allowed, denied)
    }

    /// Writes, reads back, compares and deletes as the application role.
    private func writeProbe(on connection: PostgresConnection) throws -> ConnectionCheck {
        let sent = "żółw 🐢 " + job.manifestDigest.hex
        try TargetSide(names: job.names).nameTenant(TenantName("probe-c"), on: connection)
        _ = try connection.query("INSERT INTO \(probe) VALUES ('probe-c', $1)", [.text(sent)])
        let back = try connection.query("SELECT note FROM \(probe)").text(0, 0)
        let deleted = try connection.query("DELETE FROM \(probe)").changed
        let holds = back == sent && deleted == 1
        let digest = Digest(sha256Of: Array(sent.utf8)).short
        return ConnectionCheck(
            id: "write", outcome: holds ? .pass : .fail,
            detail: holds
                ? "written, read back equal (\(digest)), deleted, rolled back"
                : "what was written did not come back equal")
    }

    /// The endpoint so far that its owner knows it and nobody else learns it.
    static func masked(_ connection: PostgresConnection) -> String {
        let host = connection.host
        if TargetTrust.isLocal(host) {
            return host.hasPrefix("/") ? "local socket:\(connection.port)" : "\(host):\(connection.port)"
        }
        let parts = host.split(separator: ".")
        let shown = "\(parts.first?.prefix(2) ?? "")***" + (parts.count > 1 ? ".\(parts.last ?? "")" : "")
        return "\(shown):\(connection.port)"
    }
}
