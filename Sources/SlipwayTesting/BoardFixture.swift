package import SlipwayDomain

extension BoardPlan {
    /// The facts that the demo starts with.
    package static let seedFacts: Set<CheckID> = [
        "prov.scenario", "prov.auth", "prov.docint", "prov.ksef", "prov.maps", "prov.offline", "sess.storage",
        "sess.auth", "sess.tenant", "ovw.contract", "actor.anna", "actor.marek", "actor.olena", "actor.petro",
        "actor.lviv", "dec.adapter", "rel.env", "rel.rollback", "batch.tenant",
    ]

    package var allFacts: Set<CheckID> { Set(leaves.map(\.id)) }

    package func action(_ id: ActionID) -> PlanAction? { actions.first { $0.id == id } }
}

extension Board {
    /// Noon of some day.
    package static let noon = Timestamp(microseconds: 1_795_348_800_000_000)

    /// The bundled board when these facts are ready and no other is begun, but for what is said besides.
    package static func bundled(
        _ facts: Set<CheckID>, but others: [CheckID: FactState] = [:], at now: Timestamp = noon
    ) -> Board {
        var readings = Dictionary(uniqueKeysWithValues: facts.map { ($0, FactReading(.ready)) })
        for (check, state) in others { readings[check] = FactReading(state) }
        return compute(.bundled, readings: readings, at: now)
    }

    package func code(_ name: DecisionName) -> DecisionCode? { decision(name)?.code }

    /// Every counter, by its name, as "done/total".
    package var counted: [String: String] {
        Dictionary(uniqueKeysWithValues: counters.map { ($0.key.rawValue, "\($0.value.done)/\($0.value.total)") })
    }
}
