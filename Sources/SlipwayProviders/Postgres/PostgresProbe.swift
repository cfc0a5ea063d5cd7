package import SlipwayDomain
import SlipwayPostgres
import SlipwaySQL

/// Checks connections to a PostgreSQL database by a name and a password.
package struct PostgresProbes: ConnectionProbes {
    package init() {}

    package func probe(of access: ConnectionAccess) throws(AdapterFailure) -> any ConnectionProbe {
        guard let database = access.endpoints["database"] else {
            throw .terminal(.connectionMissing, detail: "the connection has no database address")
        }
        guard case .basic(let name, let password) = access.credential else {
            throw .terminal(.credentialInvalid, detail: "PostgreSQL takes a name with a password")
        }
        let login = Form.text([("user", name), ("password", password.revealedText())])
        do {
            let address = try PostgresAddress(database + (database.contains("?") ? "&" : "?") + login)
            return PostgresProbe(address: address, access: access)
        } catch {
            throw .terminal(.connectionMissing, detail: "the address is not a postgres:// URL")
        }
    }
}

/// The steps at a PostgreSQL database. The first connects and reads all that those behind it judge; a connection is
/// there or not, so there is no step between.
struct PostgresProbe: ConnectionProbe {
    let access: ConnectionAccess
    var findings = ConnectionFindings(health: .healthy)
    private let session: PostgresSession
    /// Nil where the login was refused.
    private var reading: PostgresReading?

    init(address: PostgresAddress, access: ConnectionAccess) {
        self.access = access
        session = PostgresSession(address)
    }

    mutating func take(
        _ step: ProbeStep, isLast: Bool, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        switch step {
        case .reach: return try await reach()
        case .tls: return try encryption()
        case .authenticate:
            guard reading != nil else { throw .terminal(.credentialInvalid, detail: "the login was refused") }
            return ItemResult()
        case .permission: return permission()
        case .write: return try await write()
        }
    }

    private mutating func reach() async throws(AdapterFailure) -> ItemResult {
        do {
            let reading = try await session.run { try PostgresReading($0) }
            self.reading = reading
            findings.certificate = reading.certificate
            return ItemResult(facts: ["server": .string(reading.server)])
        } catch DatabaseError.denied {
            // Somebody is there and does not let us in, which is the next steps' matter.
            return ItemResult()
        } catch let error as DatabaseError {
            throw Self.failure(error)
        } catch {
            throw .terminal(.internalFault)
        }
    }

    /// What crosses a network is encrypted; a stand-in on this machine needs not.
    private func encryption() throws(AdapterFailure) -> ItemResult {
        guard let reading else {
            return ItemResult(.skipped, facts: ["detail": "the login was refused before anything could be seen"])
        }
        if let certificate = reading.certificate {
            return ItemResult(facts: ["certificate_sha256": .string(certificate.hex)])
        }
        guard access.isLocal, reading.isOnThisMachine else {
            throw .terminal(.targetNotReady, detail: "the connection is not encrypted")
        }
        return ItemResult(.skipped, facts: ["detail": "no TLS: the server is on this machine"])
    }

    private mutating func permission() -> ItemResult {
        let consent = Consent(granted: reading?.privileges ?? [], requested: access.scopesRequested)
        findings.scopesGranted = consent.granted
        findings.consent = .granted
        guard !consent.missing.isEmpty else { return ItemResult(facts: consent.facts) }
        findings.health = .degraded
        findings.reason = .permissionMissing
        findings.message = "missing: \(consent.missing.joined(separator: ", "))"
        return ItemResult(.failed, reason: .permissionMissing, facts: consent.facts)
    }

    /// Written, read back and undone in one transaction, in a table that only this connection sees.
    private func write() async throws(AdapterFailure) -> ItemResult {
        do {
            let back = try await session.run { connection in
                try connection.run("BEGIN")
                defer { try? connection.run("ROLLBACK") }
                try connection.run("CREATE TEMPORARY TABLE slipway_probe (note text)")
                _ = try connection.query("INSERT INTO slipway_probe VALUES ($1)", [.text("żółw 🐢")])
                return try connection.query("SELECT note FROM slipway_probe").text(0, 0)
            }
            guard back == "żółw 🐢" else {
                throw AdapterFailure.terminal(.targetNotReady, detail: "what was written did not come back equal")
            }
            return ItemResult(facts: ["detail": "written, read back equal, undone"])
        } catch let failure as AdapterFailure {
            throw failure
        } catch let error as DatabaseError {
            throw Self.failure(error)
        } catch {
            throw .terminal(.internalFault)
        }
    }

    /// In sentences of ours: the server's may repeat what it was given.
    private static func failure(_ error: DatabaseError) -> AdapterFailure {
        switch error {
        case .unavailable: .transient(.networkUnreachable)
        case .conflict: .transient(.targetBusy)
        case .denied: .terminal(.permissionMissing, detail: "the role may not do that")
        case .full: .terminal(.targetNotReady, detail: "the server's disk is full")
        default: .terminal(.providerRefused, detail: "the server refused a statement")
        }
    }
}
