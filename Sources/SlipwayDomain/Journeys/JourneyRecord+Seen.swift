extension JourneyRecord {
    /// What a decision on a subject stands on, as it is now. Whoever signs is shown this, and signs its digest: when any
    /// of it becomes another, the decision lapses.
    package func seen(_ subject: DecisionSubject) -> JSONValue {
        var members: [String: JSONValue] = [
            "journey": .string(journey.name), "subject": .string(subject.rawValue),
            "from": .string(journey.from.rawValue), "to": .string(journey.to.rawValue),
        ]
        // A change of the adapter leaves alone only what is not about it.
        if ![.adapter, .contractsRehearsal, .rolesRehearsal].contains(subject) {
            members["adapter"] = adapter.map(JSONValue.string) ?? .null
        }
        members.merge(standsOn(subject)) { $1 }
        return .object(members)
    }

    package func seenDigest(_ subject: DecisionSubject) -> Digest {
        guard let bytes = try? seen(subject).canonicalBytes else {
            preconditionFailure("what is seen of \(subject.rawValue) has no number that JSON cannot hold")
        }
        return Digest(sha256Of: bytes)
    }

    private func standsOn(_ subject: DecisionSubject) -> [String: JSONValue] {
        switch subject {
        case .adapter, .provider, .auth, .tenantBoundary, .hosting, .region, .runtime, .secretsBoundary: [:]
        case .contractsRehearsal: ["contracts": .array(contracts.sorted { $0.check < $1.check }.map(\.json))]
        case .rolesRehearsal: ["actors": actors]
        case .storeRehearsal: ["snapshot": snapshotDigest]
        case .schemaRehearsal: ["snapshot": snapshotDigest, "manifest": manifest]
        case .secretsRehearsal: ["accepted": accepted([.auth])]
        case .migrationRehearsal: ["dryRun": digest(of: .adapterDryRun)]
        case .rollbackOwner:
            ["dryRun": digest(of: .adapterDryRun), "accepted": accepted(DecisionSubject.rehearsals)]
        case .operationsBatch: rows(of: .operations)
        case .financeBatch: rows(of: .finance)
        case .auditBatch: rows(of: .audit)
        case .credentials: ["accepted": accepted(DecisionSubject.infrastructure)]
        case .go:
            [
                "packets": .object(
                    Dictionary(
                        uniqueKeysWithValues: Self.measured.map { ($0.rawValue, digest(of: $0)) })),
                "accepted": accepted(DecisionSubject.allCases.filter { $0 != .go }), "actors": actors,
                "contracts": .array(contracts.sorted { $0.check < $1.check }.map(\.json)), "manifest": manifest,
            ]
        }
    }

    /// The kinds of packets that runs leave: what they say was measured.
    static let measured: [PacketKind] = [.adapterConnection, .adapterDryRun, .rollbackDrill, .adapterWiring]

    private var actors: JSONValue { .array((session?.actors ?? []).sorted { $0.id < $1.id }.map(\.json)) }

    private var snapshotDigest: JSONValue { snapshot.map { .string($0.digest) } ?? .null }

    private var manifest: JSONValue { journey.cutover?.manifest.map { .string($0.description) } ?? .null }

    private func digest(of kind: PacketKind) -> JSONValue {
        packets[kind].map { .string($0.digest.description) } ?? .null
    }

    private func rows(of batch: BatchGroup) -> [String: JSONValue] {
        let rows = snapshot?.batches[batch].map { JSONValue.integer(Int64($0.source)) }
        return ["snapshot": snapshotDigest, "rows": rows ?? .null]
    }

    /// The decisions that stand on these subjects, whole.
    func accepted(_ subjects: [DecisionSubject]) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: subjects.map { ($0.rawValue, .array(standing($0).map(\.json))) }))
    }
}
