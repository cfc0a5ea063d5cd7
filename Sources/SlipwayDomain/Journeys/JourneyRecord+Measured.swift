extension JourneyRecord {
    /// Each check that runs measure, with the name it has in its packet.
    static let measuredChecks: [(kind: PacketKind, checks: [(check: CheckID, name: String)])] = [
        (
            .adapterConnection,
            [("conn.endpoint", "endpoint"), ("conn.tls", "tls"), ("conn.rbac", "rbac"), ("conn.write", "write")]
        ),
        (
            .adapterDryRun,
            [
                ("dry.export", "export"), ("dry.schema", "schema"), ("dry.claims", "claims"),
                ("dry.transcript", "transcript"), ("dry.checkpoint", "checkpoint"),
            ]
        ),
        (
            .adapterWiring,
            [("wir.endpoint", "endpoint"), ("wir.tenant", "tenant"), ("wir.claims", "claims"), ("wir.rls", "rls")]
        ),
        (.rollbackDrill, [("rb.storage", "storage")]),
    ]

    /// What the newest packet of a kind says of one check.
    func measured(_ name: String, in kind: PacketKind) -> FactReading {
        guard let packet = packets[kind] else { return FactReading(.notStarted) }
        let found = (packet.draft.facts["checks"]?.arrayValue ?? []).first { $0["id"]?.stringValue == name }
        let detail = found?["detail"]?.stringValue
        let state = obsolescence(of: packet).map(FactState.stale) ?? Self.state(found?["outcome"]?.stringValue, detail)
        return FactReading(
            state, measure: detail, evidence: packet.digest, at: packet.sealedAt, expires: expiry(of: packet))
    }

    private static func state(_ outcome: String?, _ detail: String?) -> FactState {
        switch outcome {
        case "pass": .ready
        case "not_applicable": .notApplicable(reason: detail ?? "it does not apply")
        case "fail": .failed(detail ?? "it failed")
        default: .unknown("the packet says nothing of it")
        }
    }

    /// When a packet's age ends, or that of the certificate it is of.
    private func expiry(of packet: Packet) -> Timestamp? {
        let aged = EvidenceAge.limit(packet.draft.kind).map { packet.sealedAt.advanced(seconds: $0) }
        let certificate = packet.draft.facts["certificateDaysLeft"]?.integerValue
            .map { packet.sealedAt.advanced(seconds: $0 * 86_400 - EvidenceAge.certificateLeft) }
        return [aged, certificate].compactMap { $0 }.min()
    }

    /// Why a packet is of something that is not so any more; nil while it is.
    private func obsolescence(of packet: Packet) -> String? {
        let facts = packet.draft.facts
        if let manifest = journey.cutover?.manifest, facts["manifestDigest"]?.stringValue != manifest.description {
            return "the manifest has changed since"
        }
        if let selected = standing(.adapter).first, packet.sealedAt < selected.at {
            return "the adapter was selected after it"
        }
        switch packet.draft.kind {
        case .adapterDryRun where facts["endpoint"] != packets[.adapterConnection]?.draft.facts["hostSHA256"],
            .adapterWiring where facts["endpoint"] != packets[.adapterConnection]?.draft.facts["hostSHA256"]:
            return "the connection is to another endpoint now"
        case .adapterDryRun where facts["actors"]?.stringValue != actorsDigest:
            return "the actors or their permissions have changed since"
        case .rollbackDrill where facts["snapshot"]?.stringValue != snapshot?.digest:
            return "another snapshot is frozen now"
        case .adapterWiring where facts["accepted"]?.stringValue != infrastructureDigest:
            return "the infrastructure decisions were amended since"
        default: return nil
        }
    }

    /// What names the actors and all they may do.
    package var actorsDigest: String? {
        guard let session else { return nil }
        let actors = JSONValue.array(session.actors.sorted { $0.id < $1.id }.map(\.json))
        return (try? actors.canonicalBytes).map { Digest(sha256Of: $0).description }
    }

    /// What names the four infrastructure decisions as they stand.
    package var infrastructureDigest: String {
        let bytes = (try? accepted(DecisionSubject.infrastructure).canonicalBytes) ?? []
        return Digest(sha256Of: bytes).description
    }
}
