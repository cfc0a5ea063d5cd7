/// What is known of one fact, as whoever read it says.
package enum FactState: Hashable, Sendable {
    case notStarted
    case inProgress
    case ready
    /// It was tried and does not hold; why.
    case failed(String)
    /// It held, of something that has changed since; what changed.
    case stale(String)
    /// Nobody can say; why not.
    case unknown(String)
    /// Somebody was asked to accept it and did not; why.
    case rejected(String)
    /// Somebody signed that it does not concern this journey.
    case notApplicable(reason: String)
    /// Somebody answers for going on without it, up to a moment that does not belong to the waiver any more.
    case waived(by: String, reason: String, until: Timestamp)
}

/// One fact as the board is told it.
package struct FactReading: Hashable, Sendable {
    package let state: FactState
    /// The fact's own measure, such as "5 of 5 actors".
    package let measure: String?
    /// What it is known from.
    package let evidence: Digest?
    /// When it was found so.
    package let at: Timestamp?
    /// From this moment on a ready reading is stale.
    package let expires: Timestamp?

    package init(
        _ state: FactState, measure: String? = nil, evidence: Digest? = nil, at: Timestamp? = nil,
        expires: Timestamp? = nil
    ) {
        self.state = state
        self.measure = measure
        self.evidence = evidence
        self.at = at
        self.expires = expires
    }

    package static let notStarted = FactReading(.notStarted)
}
