package import SlipwayDomain
package import SlipwaySQL

/// A sealed credential with the place it opens at.
package struct StoredCredential: Sendable {
    package let place: CredentialPlace
    package let sealed: SealedCredential
    package let fingerprint: String
    package let expiresAt: Timestamp?

    package init(place: CredentialPlace, sealed: SealedCredential, fingerprint: String, expiresAt: Timestamp?) {
        self.place = place
        self.sealed = sealed
        self.fingerprint = fingerprint
        self.expiresAt = expiresAt
    }
}

/// What is read and written of sealed credentials. Nothing here opens one.
package enum CredentialStore {
    /// The two tables that hold payloads: the current version of each connection, and the one before it.
    package enum Table: String, CaseIterable, Sendable {
        case current = "provider_credentials"
        case earlier = "earlier_credentials"
    }

    /// Puts a version in the place of the one before it, which is kept until a time. Returns false, and writes nothing,
    /// when the connection's version is no longer the one before this.
    package static func put(
        _ credential: StoredCredential, numbered id: ID<AccessEntry>, earlierUntil: Timestamp, at now: Timestamp,
        _ transaction: any Transaction
    ) throws -> Bool {
        let connection = credential.place.connection
        _ = try transaction.query("SELECT id FROM provider_connections WHERE id = \(connection)\(.forUpdate)")
        guard try lastVersion(of: connection, transaction) == credential.place.version - 1 else { return false }
        try transaction.execute("DELETE FROM earlier_credentials WHERE provider_connection_id = \(connection)")
        try transaction.execute(
            """
            INSERT INTO earlier_credentials (id, provider_connection_id, type, version, payload, key_ring, key_version,
                fingerprint, expires_at, usable_until)
            SELECT id, provider_connection_id, type, version, payload, key_ring, key_version, fingerprint, expires_at,
                CAST(\(earlierUntil) AS BIGINT)
            FROM provider_credentials WHERE provider_connection_id = \(connection)
            """)
        try transaction.execute("DELETE FROM provider_credentials WHERE provider_connection_id = \(connection)")
        try insert(credential, numbered: id, at: now, transaction)
        return true
    }

    private static func insert(
        _ credential: StoredCredential, numbered id: ID<AccessEntry>, at now: Timestamp, _ transaction: any Transaction
    ) throws {
        let (place, sealed) = (credential.place, credential.sealed)
        try transaction.execute(
            """
            INSERT INTO provider_credentials (id, provider_connection_id, type, payload, version, key_ring, key_version,
                fingerprint, expires_at, created_at, updated_at)
            VALUES (\(id), \(place.connection), \(place.kind.rawValue), \(sealed.bytes), \(place.version),
                \(sealed.key.ring), \(sealed.key.version), \(credential.fingerprint), \(credential.expiresAt), \(now),
                \(now))
            """)
    }

    /// The highest version a connection ever had that is still known; 0 for none.
    package static func lastVersion(
        of connection: ID<ProviderConnection>, _ transaction: any Transaction
    ) throws -> Int64 {
        try transaction.query(
            "SELECT COALESCE(MAX(version), 0) AS last FROM provider_credentials WHERE provider_connection_id = \(connection)"
        ).first?.integer("last") ?? 0
    }

    /// The current version of a connection's credential, sealed.
    package static func current(
        of connection: ID<ProviderConnection>, _ transaction: any Transaction
    ) throws -> StoredCredential? {
        try credentials(.current, "k.provider_connection_id = \(connection)", limit: 1, transaction).first?.credential
    }

    /// The version before the current one, while it may be gone back to.
    package static func earlier(
        of connection: ID<ProviderConnection>, at now: Timestamp, _ transaction: any Transaction
    ) throws -> StoredCredential? {
        try credentials(
            .earlier, "k.provider_connection_id = \(connection) AND k.usable_until > \(now)", limit: 1, transaction
        ).first?.credential
    }

    /// Takes away earlier versions whose time is over.
    package static func forgetEarlier(at now: Timestamp, _ transaction: any Transaction) throws -> Int {
        try transaction.execute("DELETE FROM earlier_credentials WHERE usable_until <= \(now)")
    }

    private static func credentials(
        _ table: Table, _ condition: SQL, limit: Int, _ transaction: any Transaction
    ) throws -> [(id: Int64, credential: StoredCredential)] {
        try transaction.query(
            """
            SELECT k.id, k.type, k.version, k.payload, k.fingerprint, k.expires_at, c.workspace_id, c.tenant_id, c.provider,
                c.id AS connection
            FROM \(identifier: table.rawValue) k JOIN provider_connections c ON c.id = k.provider_connection_id
            WHERE \(sql: condition) ORDER BY k.id LIMIT \(limit)
            """
        ).map { row in
            guard case .blob(let bytes) = try row.value("payload"), let sealed = SealedCredential(bytes: bytes) else {
                throw DatabaseError.misuse("a credential's payload is not sealed: restore the database from a backup")
            }
            let place = CredentialPlace(
                workspace: try row.id("workspace_id"), tenant: try row.id("tenant_id"),
                provider: try row.text("provider"), connection: try row.id("connection"),
                version: try row.integer("version"), kind: try row.state("type"))
            let credential = StoredCredential(
                place: place, sealed: sealed, fingerprint: try row.text("fingerprint"),
                expiresAt: try row.momentIfAny("expires_at"))
            return (try row.integer("id"), credential)
        }
    }
}

// MARK: - Rotation of the keys

extension CredentialStore {
    /// How many payloads of a table are under a version of a key.
    package struct KeyUse: Hashable, Sendable {
        package let ring: String
        package let version: Int64
        package let count: Int
    }

    package static func keysInUse(_ transaction: any Transaction) throws -> [KeyUse] {
        try transaction.query(
            """
            SELECT key_ring, key_version, COUNT(*) AS uses
            FROM (SELECT key_ring, key_version FROM provider_credentials
                UNION ALL SELECT key_ring, key_version FROM earlier_credentials) k
            GROUP BY key_ring, key_version ORDER BY key_ring, key_version
            """
        ).map { row in
            KeyUse(
                ring: try row.text("key_ring"), version: try row.integer("key_version"),
                count: Int(try row.integer("uses")))
        }
    }

    /// Payloads that are not under a version, after a row, by row.
    package static func rows(
        of table: Table, notUnder key: (ring: String, version: Int64), after id: Int64, limit: Int,
        _ transaction: any Transaction
    ) throws -> [(id: Int64, credential: StoredCredential)] {
        try credentials(
            table, "k.id > \(id) AND (k.key_ring <> \(key.ring) OR k.key_version <> \(key.version))", limit: limit,
            transaction)
    }

    /// Writes payloads under their new keys, each where nobody has changed it since it was read; how many is not said,
    /// for what was changed meanwhile is found again.
    package static func rewrap(
        _ rows: [(id: Int64, from: SealedCredential, to: SealedCredential)], in table: Table,
        _ transaction: any Transaction
    ) throws {
        try transaction.follow(
            with: rows.map { row in
                """
                UPDATE \(identifier: table.rawValue)
                SET payload = \(row.to.bytes), key_ring = \(row.to.key.ring), key_version = \(row.to.key.version)
                WHERE id = \(row.id) AND payload = \(row.from.bytes)
                """
            })
    }
}
