/// How one exchange ended without an answer, and whether the request may have got out.
enum ExchangeFailure: Error {
    /// No connection came about: another address may be tried.
    case notConnected(String)
    /// A connection, but not one byte of the request.
    case notSent(String)
    /// Sent, as a whole or in part.
    case noAnswer(String)
    /// Sent, and the answer breaks a rule.
    case refused(CallRefusal)
    /// Stopped by the caller before anything was sent.
    case cancelled
}
