import SlipwayDomain
import SlipwayOperations
import SlipwayWeb

/// The gate's answer on the terminal, and as an exit status.
struct StartReport {
    let answer: StartAnswer
    var isPreflight = false

    init(_ answer: StartAnswer, isPreflight: Bool = false) {
        self.answer = answer
        self.isPreflight = isPreflight
    }

    func show(on console: Console) throws {
        console.line("\(answer.decision.status): \(StartWords(answer).message)")
        if case .scopeBusy(let holds) = answer.decision {
            for hold in holds {
                let progress = hold.holder.progress.map { ", \(RunLines.text(of: $0))" } ?? ""
                console.line(
                    "  \(hold.scope) is held by run \(hold.holder.id), \(hold.holder.operation), since \(hold.holder.since.rfc3339)\(progress)"
                )
            }
        }
        try console.result(RunJSON.start(answer, isPreflight: isPreflight))
        switch answer.decision {
        case .accepted, .deduped: return
        case .scopeBusy: throw ExitStatusOnly(status: .busy)
        case .blocked: throw ExitStatusOnly(status: .blocked)
        }
    }
}
