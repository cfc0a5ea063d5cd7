/// Whether somebody may decide something, or why not.
package enum DecisionRight: Hashable, Sendable {
    case may
    /// It is somebody else's: the owner's name.
    case belongsTo(String)
    /// They made what is to be accepted.
    case prepared
    /// They signed already, or one of the same role did, and another is needed.
    case anotherNeeded

    package var isGiven: Bool { self == .may }
}

extension JourneyRecord {
    /// Who owes a decision: the name of a person, or `platform_operator` for whoever runs Slipway.
    package func owner(of subject: DecisionSubject) -> String {
        journey.people.owner(of: subject)
    }

    /// The name that stands for whoever runs Slipway.
    package static let platformOperator = "platform_operator"

    /// Whether a signer may decide on a subject now.
    package func right(of signer: Signer, on subject: DecisionSubject) -> DecisionRight {
        guard !signer.signsNothing else { return .belongsTo(owner(of: subject)) }
        guard preparer(of: subject) != signer.name else { return .prepared }
        guard subject.signatures == 2 else { return owns(signer, subject) ? .may : .belongsTo(owner(of: subject)) }
        let others = standing(subject).filter { $0.verdict == .accepted && $0.signer.name != signer.name }
        let hasOwner = others.contains { owns($0.signer, subject) }
        if owns(signer, subject), !hasOwner { return .may }
        guard signer.runsThePlatform || DecisionSubject.seconds.contains(signer.name) else {
            return .belongsTo(owner(of: subject))
        }
        guard others.allSatisfy({ $0.signer.role != signer.role }) else { return .anotherNeeded }
        return .may
    }

    /// The owner, or one the owner let sign in their place.
    func owns(_ signer: Signer, _ subject: DecisionSubject) -> Bool {
        let owner = owner(of: subject)
        if owner == Self.platformOperator { return signer.runsThePlatform }
        return owner == signer.name || journey.people.delegates[owner]?.contains(signer.name) == true
    }

    /// Who made the evidence that an acceptance is of.
    private func preparer(of subject: DecisionSubject) -> String? {
        switch subject {
        case .storeRehearsal, .schemaRehearsal, .migrationRehearsal:
            packets[.adapterDryRun]?.draft.facts["initiator"]?.stringValue
        case .rollbackOwner: packets[.rollbackDrill]?.draft.facts["initiator"]?.stringValue
        default: nil
        }
    }
}

extension JourneyPeople {
    /// Who owes a decision: whoever was named, or else who has it in the bundled plan.
    package func owner(of subject: DecisionSubject) -> String {
        owners[subject.check] ?? Self.usualOwner(of: subject)
    }

    private static func usualOwner(of subject: DecisionSubject) -> String {
        switch subject {
        case .adapter, .hosting, .region, .runtime, .secretsBoundary, .provider, .auth, .tenantBoundary,
            .contractsRehearsal, .migrationRehearsal, .rollbackOwner, .go:
            ScenarioActor.anna.id
        case .rolesRehearsal, .storeRehearsal, .operationsBatch: ScenarioActor.marek.id
        case .schemaRehearsal, .secretsRehearsal, .financeBatch: ScenarioActor.olena.id
        case .auditBatch, .credentials: JourneyRecord.platformOperator
        }
    }
}
