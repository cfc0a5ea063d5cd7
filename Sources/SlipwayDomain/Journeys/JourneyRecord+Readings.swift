extension JourneyRecord {
    /// What every check that is not made of others says now. A check that nothing is known of is not started, and none
    /// is ready by being left out.
    package var readings: [CheckID: FactReading] {
        var readings: [CheckID: FactReading] = [:]
        for subject in DecisionSubject.allCases { readings[subject.check] = decided(subject) }
        for group in Self.measuredChecks {
            for check in group.checks { readings[check.check] = measured(check.name, in: group.kind) }
        }
        for contract in contracts { readings[contract.check] = reading(of: contract) }
        for (check, value) in sessionFacts {
            readings[check] = value.map { FactReading(.ready, measure: $0) } ?? unanswered
        }
        for actor in ScenarioActor.all { readings[CheckID(rawValue: "actor.\(actor.checkName)")] = reading(of: actor) }
        readings["batch.tenant"] = tenantBatch
        for (subject, group) in [
            (DecisionSubject.operationsBatch, BatchGroup.operations), (.financeBatch, .finance), (.auditBatch, .audit),
        ] {
            readings[subject.check] = batch(subject, group)
        }
        readings["rel.env"] = environmentReading
        readings["rel.rollback"] = fallback
        readings[.cutoverRun] = moved
        return readings
    }

    private var unanswered: FactReading {
        FactReading(.unknown("the application's storage did not answer"))
    }

    private func reading(of contract: ProviderContract) -> FactReading {
        let isNamed = !contract.currentMode.isEmpty && !contract.targetMode.isEmpty && contract.version > 0
        return isNamed
            ? FactReading(.ready, measure: "\(contract.currentMode) → \(contract.targetMode)")
            : FactReading(.failed("both modes and the contract's version have to be named"))
    }

    private var sessionFacts: [CheckID: String?] {
        [
            "sess.storage": session?.storage, "sess.auth": session?.auth, "sess.tenant": session?.tenantMode,
            "ovw.contract": session?.contract,
        ]
    }

    private func reading(of actor: ScenarioActor) -> FactReading {
        guard let session else { return unanswered }
        guard let found = session.actors.first(where: { $0.id == actor.id }) else {
            return FactReading(.failed("there is no actor \(actor.id)"))
        }
        guard !found.permissions.isEmpty, !found.role.isEmpty else {
            return FactReading(.failed("\(actor.id) has no role, or may do nothing"))
        }
        return FactReading(.ready, measure: "\(found.role), \(found.permissions.count) permissions")
    }

    private var tenantBatch: FactReading {
        guard let session else { return unanswered }
        return session.actors.isEmpty
            ? FactReading(.failed("there are no actors"))
            : FactReading(.ready, measure: "\(session.actors.count) actors")
    }

    /// Rows in the frozen snapshot, or the owner's word that there are none.
    private func batch(_ subject: DecisionSubject, _ group: BatchGroup) -> FactReading {
        guard let snapshot, let rows = snapshot.batches[group] else { return FactReading(.notStarted) }
        guard rows.source == rows.target else {
            return FactReading(
                .failed("\(rows.source) rows in the source, \(rows.target) in the target"),
                evidence: packets[.adapterDryRun]?.digest)
        }
        if rows.source > 0 {
            let export = measured("export", in: .adapterDryRun)
            return FactReading(
                export.state, measure: "\(rows.source) rows on both sides", evidence: export.evidence, at: export.at,
                expires: export.expires)
        }
        let word = decided(subject)
        return FactReading(
            word.state, measure: word.state == .ready ? "0 rows, confirmed" : "0 rows", evidence: word.evidence,
            at: word.at)
    }

    /// Whether the data was moved on the signatures: a verified copy that is younger than both.
    private var moved: FactReading {
        let signatures = standing(.go).filter { $0.verdict == .accepted }
        guard let packet = packets[.dataCutoverPlan], signatures.count >= DecisionSubject.go.signatures,
            let signed = signatures.map(\.at).max(), packet.sealedAt > signed
        else { return FactReading(.notStarted) }
        let rows = packet.draft.lines.first { $0.key == "batch_rows" }?.value ?? "no"
        // What is live already is not taken away by a later look at it.
        let state: FactState =
            packet.draft.outcome == .pass ? .ready : .stale("a later verification found a difference")
        return FactReading(
            state, measure: "\(rows) rows, both sides equal", evidence: packet.digest, at: packet.sealedAt)
    }

    /// The fallback is there while the application's own storage is the one it came from.
    private var fallback: FactReading {
        guard session != nil else { return unanswered }
        return FactReading(.ready, measure: journey.from.adapter)
    }
}

extension ScenarioActor {
    /// The last part of the id of the check about the actor.
    package var checkName: String {
        switch id {
        case ScenarioActor.anna.id: "anna"
        case ScenarioActor.marek.id: "marek"
        case ScenarioActor.olena.id: "olena"
        case ScenarioActor.petro.id: "petro"
        default: "lviv"
        }
    }
}
