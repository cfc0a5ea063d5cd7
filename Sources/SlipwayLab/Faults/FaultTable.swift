import SlipwayDomain
import Synchronization

/// The faults that are switched on. Each is used up by the requests it fails.
package final class FaultTable: Sendable {
    private let rules = Mutex<[FaultRule]>([])

    package init() {}

    package func add(_ rule: FaultRule) {
        rules.withLock { $0.append(rule) }
    }

    package func clear() {
        rules.withLock { $0 = [] }
    }

    package var all: [FaultRule] { rules.withLock(\.self) }

    /// The fault for this request, which is counted by it; the first rule that concerns it decides.
    func due(for request: LabRequest) -> FaultRule? {
        rules.withLock { rules in
            guard let index = rules.firstIndex(where: { $0.concerns(request) }) else { return nil }
            if rules[index].skip > 0 {
                rules[index].skip -= 1
                return nil
            }
            let rule = rules[index]
            rules[index].count -= 1
            if rules[index].count <= 0 { rules.remove(at: index) }
            return rule
        }
    }
}

extension FaultTable {
    /// `/lab/faults`: GET lists, POST adds one, DELETE removes all.
    func answer(to request: LabRequest) -> LabAnswer {
        switch request.method {
        case "GET": break
        case "DELETE": clear()
        case "POST":
            guard let rule = request.json.flatMap(FaultRule.init) else {
                let members =
                    "a fault has fault and path, and may have method, skip, count, milliseconds, retry_after_seconds "
                    + "and status"
                let faults = JSONValue.array(LabFault.allCases.map { .string($0.rawValue) })
                return LabAnswer(400, ["error": .string(members), "faults": faults])
            }
            add(rule)
        default: return LabAnswer(405, ["error": "GET, POST or DELETE"])
        }
        return LabAnswer(200, ["faults": .array(all.map(\.json))])
    }
}
