/// A way in which the lab answers wrongly when it is told to, as real providers now and then do.
package enum LabFault: String, CaseIterable, Sendable {
    /// The answer comes late.
    case latency
    case unauthorized
    case forbidden
    case conflict
    /// 429 with `Retry-After`.
    case tooManyRequests = "too_many_requests"
    case serverError = "server_error"
    /// The connection ends before anything is done.
    case resetBeforeEffect = "reset_before_effect"
    /// What was asked for is done, and the connection ends before the answer.
    case resetAfterEffect = "reset_after_effect"
    case malformedBody = "malformed_body"
}
