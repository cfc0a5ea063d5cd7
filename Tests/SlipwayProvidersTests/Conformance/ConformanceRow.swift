import SlipwayDomain
import SlipwayLab
import Testing

/// One adapter at one item, for the suite that every adapter passes. The next adapter adds a row.
struct ConformanceRow: Sendable, CustomTestStringConvertible {
    let operation: String
    let item: @Sendable (LabFixture) -> String
    /// Where the request goes that decides about the item.
    let path: String
    let method: String
    /// What that request may have done when no answer to it comes.
    let effect: Effect
    /// Brings the stand-in to where the item is worth doing.
    let prepare: @Sendable (LabFixture) async throws -> Void
    /// Whether the provider has what the item is to bring about; nil for one that only reads.
    let isDone: (@Sendable (LabFixture) -> Bool)?

    enum Effect: Sendable { case none, repeatable, once }

    var testDescription: String { "\(operation) \(method)" }

    /// What a fault at the deciding request has to come to: the table, said once more in other words.
    func expected(_ fault: LabFault) -> Expected {
        switch fault {
        // Only the answer's body is broken: what does not read it is done.
        case .malformedBody: effect == .none ? .transient : method == "POST" ? .unknown : .success
        case .latency, .resetBeforeEffect, .resetAfterEffect: effect == .none ? .transient : .unknown
        case .serverError: effect == .once ? .unknown : .transient
        case .tooManyRequests: .transient
        // The first is answered with a new token.
        case .unauthorized: .success
        case .forbidden, .conflict: .terminal
        }
    }

    enum Expected: Hashable { case success, transient, terminal, unknown }
}
