/// Where a check stands at one moment. Only `ready`, `notApplicable` and `waived` are met: what a plan does not let
/// pass as not applicable, and a waiver that has ended, have become another state before.
package enum CheckState: Hashable, Sendable {
    case notStarted
    /// Nothing is wrong with it; these have to be met first, in the plan's order.
    case cannotStart(waitsFor: [CheckID])
    case inProgress
    case ready
    case failed(String)
    case stale(String)
    case unknown(String)
    case rejected(String)
    case notApplicable(reason: String)
    case waived(by: String, reason: String, until: Timestamp)

    package var isMet: Bool {
        switch self {
        case .ready, .notApplicable, .waived: true
        case .notStarted, .cannotStart, .inProgress, .failed, .stale, .unknown, .rejected: false
        }
    }

    /// Whether it was tried, or held, and is to be done again: such work comes before work of the same rank that
    /// nobody has touched.
    package var needsRepair: Bool {
        switch self {
        case .failed, .stale, .rejected: true
        case .notStarted, .cannotStart, .inProgress, .ready, .unknown, .notApplicable, .waived: false
        }
    }

    /// The word for it in documents.
    package var word: String {
        switch self {
        case .notStarted: "not_started"
        case .cannotStart: "cannot_start"
        case .inProgress: "in_progress"
        case .ready: "ready"
        case .failed: "failed"
        case .stale: "stale"
        case .unknown: "unknown"
        case .rejected: "rejected"
        case .notApplicable: "not_applicable"
        case .waived: "waived"
        }
    }
}

extension CheckState {
    /// What a reading is worth at a moment, for a leaf of a plan.
    init(_ reading: FactReading, of leaf: PlanLeaf, at now: Timestamp) {
        switch reading.state {
        case .notStarted: self = .notStarted
        case .inProgress: self = .inProgress
        case .ready:
            if let expires = reading.expires, expires <= now {
                self = .stale("the evidence expired \(expires.rfc3339)")
            } else {
                self = .ready
            }
        case .failed(let reason): self = .failed(reason)
        case .stale(let reason): self = .stale(reason)
        case .unknown(let reason): self = .unknown(reason)
        case .rejected(let reason): self = .rejected(reason)
        case .notApplicable(let reason):
            self =
                leaf.mustApply
                ? .rejected("always applies, but was set aside: \(reason)") : .notApplicable(reason: reason)
        case .waived(let name, let reason, let end):
            self =
                end > now
                ? .waived(by: name, reason: reason, until: end) : .stale("the waiver by \(name) ended \(end.rfc3339)")
        }
    }
}
