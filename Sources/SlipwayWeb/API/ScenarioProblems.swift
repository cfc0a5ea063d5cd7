import SlipwayDomain
import SlipwayOperations
import SlipwayStore

extension Problem {
    /// Names the first row that stands in the way, with its version, and every row's outcome.
    static func rowConflict(_ answer: ScenarioAnswer) -> Problem {
        let first = answer.outcomes.lazy.compactMap { outcome -> (id: String, version: Int64?)? in
            if case .conflict(let id, let version) = outcome { (id, version) } else { nil }
        }.first
        let version = first?.version.map { " in version \($0)" } ?? ""
        return Problem(
            status: 409, kind: "scenario_conflict", title: "Another row is there",
            detail: "The row \(first?.id ?? "") is there\(version) and says something else. Nothing was stored.",
            more: ["outcomes": .array(answer.outcomes.map(ScenarioJSON.outcome))])
    }

    static let rowChangedMeanwhile = Problem(
        status: 412, kind: "changed_meanwhile", title: "Changed meanwhile",
        detail: "The row has changed since the copy with this ETag. Read it again, and decide.")

    static let ifMatchMissing = Problem(
        status: 428, kind: "invalid_request", title: "Which version is it to take the place of?",
        detail: "Send If-Match with the row's ETag, or * for whatever is there.", more: ["field": "If-Match"])

    /// Nil for what is no failure of the Scenario Store.
    init?(scenario error: any Error) {
        switch error {
        case let error as ScenarioRefusal: self = .invalid("\(error).")
        case let error as ScenarioFace.Failure:
            self.init(status: 409, kind: "scenario_conflict", title: "Not yours to write", detail: "\(error).")
        case let error as ScenarioImport.Failure:
            self.init(status: 409, kind: "scenario_conflict", title: "Not into this store", detail: "\(error).")
        case let error as ScenarioSnapshotFault:
            self.init(status: 422, kind: "scenario_snapshot", title: "Not a snapshot that holds", detail: "\(error).")
        default: return nil
        }
    }
}
