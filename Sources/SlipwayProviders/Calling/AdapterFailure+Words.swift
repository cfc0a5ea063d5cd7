import SlipwayDomain

extension AdapterFailure {
    /// Nil for a call that was cancelled.
    var reason: ReasonCode? {
        switch self {
        case .transient(let reason, _), .terminal(let reason, _), .unknown(let reason): reason
        case .cancelled: nil
        }
    }

    var detail: String? {
        if case .terminal(_, let detail) = self { detail } else { nil }
    }
}

extension ConnectionFindings {
    /// What a step that did not pass says of the connection.
    mutating func fail(_ reason: ReasonCode, at step: ProbeStep, detail: String? = nil) {
        health = .unhealthy
        self.reason = reason
        message = "\(step.rawValue): " + (detail ?? reason.sentence)
        if reason == .consentMissing { consent = .missing }
    }
}
