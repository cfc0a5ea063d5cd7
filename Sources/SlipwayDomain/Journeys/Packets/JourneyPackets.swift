/// The packets a journey itself leaves, besides those of its runs: views of the board that are sealed once they are
/// complete, and anew when they come to say something else.
package struct JourneyPackets: Sendable {
    private let record: JourneyRecord
    private let board: Board

    package init(_ record: JourneyRecord, _ board: Board) {
        self.record = record
        self.board = board
    }

    /// The kinds there are, in the order they are completed in.
    package static let kinds: [PacketKind] = [
        .infrastructureDecision, .releaseHandoff, .rollbackDrill, .migrationPreflight, .migrationRunbook,
        .dataCutoverPlan, .adapterWiring,
    ]

    /// The packet as it reads now, complete or not; nil for a kind that is not a journey's.
    package func draft(_ kind: PacketKind) -> PacketDraft? {
        guard let complete = isComplete(kind), let lines = lines(kind) else { return nil }
        var facts: [String: JSONValue] = [
            "journey": .string(record.journey.name), "adapter": record.adapter.map(JSONValue.string) ?? .null,
            "snapshot": record.snapshot.map { .string($0.digest) } ?? .null,
        ]
        facts.merge(self.facts(kind)) { $1 }
        return PacketDraft(
            kind: kind, scope: record.journey.name, outcome: complete ? .pass : .fail, subjects: subjects, facts: facts,
            lines: lines)
    }

    /// What is complete and not sealed yet, or sealed saying something else. `sealed` is the newest of a kind.
    package func due(sealed: [PacketKind: Packet]) -> [PacketDraft] {
        Self.kinds.compactMap { kind in
            guard let draft = draft(kind), draft.outcome == .pass else { return nil }
            if let last = sealed[kind]?.draft, last.lines == draft.lines, last.facts == draft.facts { return nil }
            return draft
        }
    }

    private func isComplete(_ kind: PacketKind) -> Bool? {
        let check: CheckID
        switch kind {
        case .infrastructureDecision: check = "wir.infra"
        case .releaseHandoff: check = "release.GO"
        case .rollbackDrill: check = "rollback.READY"
        case .migrationPreflight: check = "preflight.PASS"
        case .migrationRunbook: check = "runbook.READY"
        case .dataCutoverPlan: check = "cutover.READY"
        case .adapterWiring: check = "wiring.READY"
        default: return nil
        }
        return board.check(check)?.isMet ?? false
    }

    private var subjects: [Subject] {
        let snapshot = record.snapshot.flatMap { Digest($0.digest) }.map { Subject(name: "snapshot", digest: $0) }
        let manifest = record.journey.cutover?.manifest.map { Subject(name: "manifest", digest: $0) }
        let named = [snapshot, manifest].compactMap { $0 }
        return named.isEmpty ? [Subject(name: "journey", digest: Digest(sha256Of: record.journey.name.utf8))] : named
    }

    private func lines(_ kind: PacketKind) -> [PacketLine]? {
        switch kind {
        case .infrastructureDecision: infrastructure
        case .releaseHandoff: release
        case .rollbackDrill: rollback
        case .migrationPreflight: preflight
        case .migrationRunbook: runbook
        case .dataCutoverPlan: dataCutover
        case .adapterWiring: wiring
        default: nil
        }
    }

    private func facts(_ kind: PacketKind) -> [String: JSONValue] {
        switch kind {
        case .infrastructureDecision: ["accepted": record.accepted(DecisionSubject.infrastructure)]
        case .releaseHandoff, .rollbackDrill: ["accepted": record.accepted(DecisionSubject.rehearsals)]
        case .migrationRunbook: ["sql": record.runbookSQL.map(JSONValue.string) ?? .null]
        case .dataCutoverPlan: ["batches": .array(batches)]
        default: [:]
        }
    }

    private var batches: [JSONValue] {
        BatchGroup.allCases.map { group in
            let rows = record.snapshot?.batches[group]
            return [
                "batch": .string(group.rawValue), "sourceRows": .integer(Int64(rows?.source ?? 0)),
                "targetRows": .integer(Int64(rows?.target ?? 0)),
                "difference": .integer(Int64((rows?.target ?? 0) - (rows?.source ?? 0))),
            ]
        }
    }
}

// MARK: - Lines, in the order reviewers know them

extension JourneyPackets {
    private var target: PacketLine { PacketLine("target", record.adapter ?? "not_selected") }

    private var session: PacketLine { PacketLine("session", record.session?.session ?? "not_answering") }

    private var checksum: String { record.snapshot?.digest ?? "not_frozen" }

    private var rows: String { String(record.snapshot?.rows ?? record.session?.rows ?? 0) }

    private var schema: String { PacketKind.scenarioSnapshot.rawValue }

    private func counter(_ id: CounterID) -> String {
        let tally = board.counters[id]
        return "\(tally?.done ?? 0)/\(tally?.total ?? 0)"
    }

    private func code(_ name: DecisionName) -> String { board.decision(name)?.code?.rawValue ?? "UNDECIDED" }

    private var preflight: [PacketLine] {
        [
            PacketLine("schema", schema), target, session, PacketLine("checksum", checksum), PacketLine("rows", rows),
            PacketLine("adapter_contract", record.session?.contract ?? "not_answering"),
            PacketLine("dry_run", counter("dry_run")), PacketLine("connection", counter("connection")),
            PacketLine("rollback_decision", code(.rollback)),
        ]
    }

    private var runbook: [PacketLine] {
        [
            PacketLine("source", schema), target, session, PacketLine("checksum", checksum), PacketLine("rows", rows),
            PacketLine("runbook_decision", code(.runbook)),
        ]
    }

    private var dataCutover: [PacketLine] {
        let moved = record.snapshot?.batches.values.reduce(0) { $0 + $1.target } ?? 0
        return [
            target, session, PacketLine("snapshot_schema", schema), PacketLine("snapshot_checksum", checksum),
            PacketLine("snapshot_rows", rows), PacketLine("batch_rows", String(moved)),
            PacketLine("batches", counter("batches")), PacketLine("steps", counter("cutover")),
            PacketLine("connection", counter("connection")), PacketLine("dry_run", counter("dry_run")),
            PacketLine("runbook_decision", code(.runbook)), PacketLine("release_decision", code(.release)),
            PacketLine("rollback_decision", code(.rollback)), PacketLine("cutover_decision", code(.cutover)),
        ]
    }

    private var release: [PacketLine] {
        record.releaseEnvironment(decision: code(.release), isLive: board.traffic?.isEnabled ?? false).values
    }

    private var rollback: [PacketLine] {
        [
            PacketLine("BFG_ROLLBACK_DECISION", code(.rollback)),
            PacketLine("BFG_ROLLBACK_OWNER", record.owner(of: .rollbackOwner)),
            PacketLine("BFG_ROLLBACK_STORAGE", record.session?.storage ?? "not_answering"),
            PacketLine("BFG_ROLLBACK_AUTH", record.session?.auth ?? "not_answering"),
            PacketLine("BFG_ROLLBACK_EVIDENCE", PacketKind.releaseHandoff.rawValue),
            PacketLine("BFG_ROLLBACK_PACKET", PacketKind.rollbackDrill.rawValue),
        ]
    }

    private var infrastructure: [PacketLine] {
        let decisions = DecisionSubject.infrastructure.flatMap { subject in
            let accepted = record.standing(subject).first { $0.verdict == .accepted }
            return subject.fields.map { PacketLine("\(subject.rawValue).\($0)", accepted?.fields[$0] ?? "pending") }
        }
        return [target] + decisions + [PacketLine("infrastructure", counter("infra"))]
    }

    private var wiring: [PacketLine] {
        let checks: [(CheckID, String)] = [
            ("wir.infra", "infrastructureAcceptance"), ("wir.endpoint", "endpointContract"),
            ("wir.tenant", "tenantContext"), ("wir.claims", "oidcRbacClaims"), ("wir.rls", "rlsPolicyDraft"),
            ("wir.secrets", "secretsBackupBoundary"), ("wir.credentials", "liveCredentials"),
        ]
        let states = checks.map { check, name in
            PacketLine("\(record.adapter ?? "not_selected").\(name)", board.check(check)?.state.word ?? "unknown")
        }
        return [target] + states + [PacketLine("decision", code(.wiring)), PacketLine("traffic", code(.traffic))]
    }
}

extension JourneyRecord {
    /// The SQL that the newest preflight of the cutover wrote; nil before there is one.
    package var runbookSQL: String? { packets[.migrationRunbook]?.draft.facts["sql"]?.stringValue }
}
