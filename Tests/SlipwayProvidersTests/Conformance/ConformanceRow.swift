import SlipwayDomain
import SlipwayLab
import Testing

/// One adapter at one item, for the suite that every adapter passes. The next adapter adds a row.
struct ConformanceRow: Sendable, CustomTestStringConvertible {
    let provider: String
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

    /// How many requests like it come before.
    var skip = 0
    /// Whether anything is read from the answer besides its status.
    var readsBody = true
    /// Whether a token that is refused is exchanged for another one.
    var renewsToken = true

    enum Effect: Sendable { case none, repeatable, once }

    var testDescription: String { "\(provider) \(operation) \(method)" }

    /// What a fault at the deciding request has to come to: the table, said once more in other words.
    func expected(_ fault: LabFault) -> Expected {
        switch fault {
        // Only the answer's body is broken: what does not read it is done.
        case .malformedBody: !readsBody ? .success : effect == .none ? .transient : .unknown
        case .latency, .resetBeforeEffect, .resetAfterEffect: effect == .none ? .transient : .unknown
        case .serverError: effect == .once ? .unknown : .transient
        case .tooManyRequests: .transient
        case .unauthorized: renewsToken ? .success : .terminal
        case .forbidden, .conflict: .terminal
        }
    }

    func rule(_ fault: LabFault, count: Int = 1) -> FaultRule {
        FaultRule(fault, path: path, method: method, skip: skip, count: count, retryAfterSeconds: 7)
    }

    enum Expected: Hashable { case success, transient, terminal, unknown }
}
