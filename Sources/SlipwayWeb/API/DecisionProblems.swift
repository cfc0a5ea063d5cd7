import SlipwayDomain
import SlipwayOperations

extension DecisionRefusal {
    /// The runbook page about it.
    var kind: String {
        switch self {
        case .belongsTo: "not_yours"
        case .prepared: "prepared_it"
        case .anotherNeeded: "second_signature"
        case .waitsFor: "waits_for"
        case .changedMeanwhile: "changed_meanwhile"
        default: "decision_invalid"
        }
    }

    /// What programs read of it besides the words.
    var members: [String: JSONValue] {
        switch self {
        case .belongsTo(let owner, _): ["owner": .string(owner)]
        case .waitsFor(let checks, _): ["waitsFor": .array(checks.map { .string($0.rawValue) })]
        case .fieldsMissing(let names): ["fields": .array(names.map(JSONValue.string))]
        case .fieldUnknown(let name), .fieldTooLong(let name): ["fields": [.string(name)]]
        case .adapterUnknown: ["fields": ["adapter"]]
        case .reasonMissing: ["field": "reason"]
        case .endsInThePast: ["field": "until"]
        default: [:]
        }
    }

    fileprivate var status: Int {
        switch self {
        case .belongsTo, .prepared, .anotherNeeded: 403
        case .changedMeanwhile: 409
        default: 422
        }
    }

    fileprivate var title: String {
        switch self {
        case .belongsTo: "Somebody else's to decide"
        case .prepared: "Not by who made it"
        case .anotherNeeded: "Somebody else's signature is needed"
        case .waitsFor: "Something comes first"
        case .changedMeanwhile: "Changed meanwhile"
        default: "Not a decision that can be taken"
        }
    }
}

extension Problem {
    init(refusing refusal: DecisionRefusal) {
        self.init(
            status: refusal.status, kind: refusal.kind, title: refusal.title, detail: "\(refusal).",
            more: refusal.members)
    }

    static let seenMissing = Problem(
        status: 428, kind: "invalid_request", title: "What is it that you accept?",
        detail: "Send `seen` with the digest of what you were shown: read the decision first.",
        more: ["field": "seen"])

    /// A member of the body that the verdict needs and has not, or has and does not take.
    static func verdict(_ detail: String, field: String) -> Problem {
        Problem(
            status: 422, kind: "decision_invalid", title: "Not a decision that can be taken", detail: detail,
            more: ["field": .string(field)])
    }

    static func severalJourneys(_ names: [String]) -> Problem {
        Problem(
            status: 422, kind: "journey_unnamed", title: "Which journey?",
            detail: "There are several: name one of \(names.joined(separator: ", ")) as `journey`.",
            more: ["field": "journey", "journeys": .array(names.map(JSONValue.string))])
    }
}
