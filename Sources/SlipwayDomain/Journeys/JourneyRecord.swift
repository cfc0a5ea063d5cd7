/// All that is known of a journey at one moment: what its checks are read from.
package struct JourneyRecord: Sendable {
    package var journey: Journey
    package var contracts: [ProviderContract]
    /// Nil when the application's storage did not answer.
    package var session: SessionReading?
    /// The newest packet of each kind that the journey's cutover or the journey itself left.
    package var packets: [PacketKind: Packet]
    /// Oldest first.
    package var decisions: [SignedDecision]

    package init(
        journey: Journey, contracts: [ProviderContract], session: SessionReading?, packets: [PacketKind: Packet],
        decisions: [SignedDecision]
    ) {
        self.journey = journey
        self.contracts = contracts
        self.session = session
        self.packets = packets
        self.decisions = decisions
    }

    /// The adapter that is selected; nil while none is.
    package var adapter: String? {
        standing(.adapter).first { $0.verdict == .accepted }?.fields["adapter"]
    }

    /// What each person said last of a subject, in the order they said it; what was withdrawn is gone.
    package func standing(_ subject: DecisionSubject) -> [SignedDecision] {
        var last: [String: SignedDecision] = [:]
        for decision in decisions where decision.subject == subject { last[decision.signer.name] = decision }
        return last.values.filter {
            if case .withdrawn = $0.verdict { false } else { true }
        }.sorted { $0.number < $1.number }
    }

    /// The snapshot that is frozen: the one the newest dry run was of.
    package var snapshot: Snapshot? {
        guard let packet = packets[.adapterDryRun] else { return nil }
        return Snapshot(packet)
    }

    /// What a dry run says of the snapshot it was of.
    package struct Snapshot: Hashable, Sendable {
        package let digest: String
        package let rows: Int
        package let batches: [BatchGroup: BatchRows]

        init?(_ packet: Packet) {
            let facts = packet.draft.facts
            guard let digest = facts["snapshot"]?.stringValue else { return nil }
            self.digest = digest
            rows = Int(facts["rows"]?.integerValue ?? 0)
            let pairs = (facts["batches"]?.arrayValue ?? []).compactMap { batch -> (BatchGroup, BatchRows)? in
                guard let group = batch["batch"]?.stringValue.flatMap(BatchGroup.init),
                    let source = batch["sourceRows"]?.integerValue, let target = batch["targetRows"]?.integerValue
                else { return nil }
                return (group, BatchRows(source: Int(source), target: Int(target)))
            }
            batches = Dictionary(pairs) { first, _ in first }
        }
    }

    /// How many rows of a batch there are on each side.
    package struct BatchRows: Hashable, Sendable {
        package let source: Int
        package let target: Int
    }
}
