package import SlipwayDomain
package import SlipwaySQL

/// The chain of sealed packets: appended to, never changed.
package struct EvidenceLog: Sendable {
    private let database: any Database
    private let key: SigningKey
    private let clock: any WallClock

    package init(_ database: any Database, key: SigningKey, clock: any WallClock) {
        self.database = database.scoped(to: .system)
        self.key = key
        self.clock = clock
    }

    /// A packet as it lies in the log.
    package struct Entry: Sendable {
        package let packet: Packet
        package let envelope: Envelope
    }

    /// Seals a draft behind the last packet. When this returns the packet is on disk; two that seal at once get
    /// one place each, because the place is the key.
    package func seal(_ draft: PacketDraft) async throws -> Entry {
        for _ in 0..<8 {
            do {
                return try await sealOnce(draft)
            } catch DatabaseError.unique {
                continue
            } catch DatabaseError.conflict {
                continue
            }
        }
        throw DatabaseError.conflict("the evidence log is being written by too many at once: try again")
    }

    private func sealOnce(_ draft: PacketDraft) async throws -> Entry {
        let sealedAt = clock.now()
        return try await database.write { try append(draft, at: sealedAt, in: $0) }
    }

    /// Seals a draft as part of a transaction that does more. Throws `unique` when another sealed at the same time:
    /// the whole transaction is to be tried again.
    package func append(_ draft: PacketDraft, at sealedAt: Timestamp, in transaction: any Transaction) throws -> Entry {
        let last = try transaction.query("SELECT sequence, digest FROM evidence ORDER BY sequence DESC LIMIT 1").first
        let previous = try last.flatMap { try Digest($0.text("digest")) }
        let packet = try Packet(
            draft, sequence: (try last?.integer("sequence") ?? 0) + 1, previous: previous, sealedAt: sealedAt)
        let envelope = Envelope(signing: packet.statement, with: key)
        let text = String(decoding: try envelope.json.canonicalBytes, as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO evidence (sequence, kind, scope, outcome, digest, envelope, sealed_at)
            VALUES (\(packet.sequence), \(draft.kind.rawValue), \(draft.scope), \(draft.outcome.rawValue),
                \(packet.digest.description), \(text), \(sealedAt.microseconds))
            """)
        return Entry(packet: packet, envelope: envelope)
    }

    /// All packets of a scope, or all there are, oldest first.
    package func entries(scope: String? = nil) async throws -> [Entry] {
        try await database.read { transaction in
            let condition: SQL = scope.map { "WHERE scope = \($0)" } ?? ""
            let rows = try transaction.query(
                "SELECT sequence, envelope FROM evidence \(sql: condition) ORDER BY sequence")
            return try rows.map(Self.entry)
        }
    }

    /// The lines behind a place in the log, oldest first.
    package func lines(after sequence: Int64, scope: String?, limit: Int) async throws -> [EvidenceLine] {
        try await database.read { transaction in
            let condition: SQL = scope.map { "AND scope = \($0)" } ?? ""
            return try transaction.query(
                """
                SELECT sequence, kind, scope, outcome, digest, sealed_at FROM evidence
                WHERE sequence > \(sequence) \(sql: condition) ORDER BY sequence LIMIT \(Int64(limit))
                """
            ).map(EvidenceLine.init)
        }
    }

    /// The packet at a place in the log.
    package func entry(_ sequence: Int64) async throws -> Entry? {
        try await database.read { transaction in
            try transaction.query("SELECT sequence, envelope FROM evidence WHERE sequence = \(sequence)")
                .first.map(Self.entry)
        }
    }

    /// The newest packet of a kind in a scope.
    package func latest(_ kind: PacketKind, scope: String) async throws -> Entry? {
        try await database.read { transaction in
            try transaction.query(
                """
                SELECT sequence, envelope FROM evidence
                WHERE scope = \(scope) AND kind = \(kind.rawValue) ORDER BY sequence DESC LIMIT 1
                """
            ).first.map(Self.entry)
        }
    }

    /// The newest packet of each kind in a scope.
    package func newest(scope: String) async throws -> [PacketKind: Packet] {
        let rows = try await database.read { transaction in
            try transaction.query(
                """
                SELECT sequence, envelope FROM evidence WHERE sequence IN (
                    SELECT MAX(sequence) FROM evidence WHERE scope = \(scope) GROUP BY kind)
                """
            ).map(Self.entry)
        }
        return Dictionary(rows.map { ($0.packet.draft.kind, $0.packet) }) { first, _ in first }
    }

    /// A bundle of these packets, sealed with the log's key.
    package func export(_ entries: [Entry]) throws -> [UInt8] {
        try Bundle.export(entries.map { ($0.packet, $0.envelope) }, sealedWith: key)
    }

    package var verifyingKey: VerifyingKey { key.verifying }

    static func entry(_ row: Row) throws -> Entry {
        let text = try row.text("envelope")
        guard let json = try? JSONValue(parsing: Array(text.utf8)), let envelope = Envelope(json: json) else {
            throw DatabaseError.misuse(
                "packet \(try row.integer("sequence")) in the evidence log cannot be read: restore the log")
        }
        return Entry(packet: try Packet(statement: envelope.payload), envelope: envelope)
    }
}
