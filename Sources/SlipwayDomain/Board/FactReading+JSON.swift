extension FactReading {
    /// What is not known is left out.
    var document: JSONValue {
        var members = state.members
        if let measure { members["measure"] = .string(measure) }
        if let evidence { members["evidence"] = .string(evidence.description) }
        if let at { members["atMicroseconds"] = JSONValue(at) }
        if let expires { members["expiresMicroseconds"] = JSONValue(expires) }
        return .object(members)
    }

    init(_ part: DocumentPart) throws(BoardDocumentFault) {
        var evidence: Digest?
        if let text = try part.textIfAny("evidence") {
            guard let digest = Digest(text) else { throw BoardDocumentFault("'\(text)' is not a digest") }
            evidence = digest
        }
        self.init(
            try FactState(part), measure: try part.textIfAny("measure"), evidence: evidence,
            at: try part.momentIfAny("atMicroseconds"), expires: try part.momentIfAny("expiresMicroseconds"))
    }
}

extension FactState {
    fileprivate var members: [String: JSONValue] {
        switch self {
        case .notStarted: ["state": "not_started"]
        case .inProgress: ["state": "in_progress"]
        case .ready: ["state": "ready"]
        case .failed(let reason): ["state": "failed", "reason": .string(reason)]
        case .stale(let reason): ["state": "stale", "reason": .string(reason)]
        case .unknown(let reason): ["state": "unknown", "reason": .string(reason)]
        case .rejected(let reason): ["state": "rejected", "reason": .string(reason)]
        case .notApplicable(let reason): ["state": "not_applicable", "reason": .string(reason)]
        case .waived(let name, let reason, let end):
            [
                "state": "waived", "by": .string(name), "reason": .string(reason),
                "untilMicroseconds": JSONValue(end),
            ]
        }
    }

    fileprivate init(_ part: DocumentPart) throws(BoardDocumentFault) {
        let word = try part.text("state")
        switch word {
        case "not_started": self = .notStarted
        case "in_progress": self = .inProgress
        case "ready": self = .ready
        case "failed": self = .failed(try part.text("reason"))
        case "stale": self = .stale(try part.text("reason"))
        case "unknown": self = .unknown(try part.text("reason"))
        case "rejected": self = .rejected(try part.text("reason"))
        case "not_applicable": self = .notApplicable(reason: try part.text("reason"))
        case "waived":
            self = .waived(
                by: try part.text("by"), reason: try part.text("reason"), until: try part.moment("untilMicroseconds"))
        default: throw BoardDocumentFault("there is no state '\(word)'")
        }
    }
}
