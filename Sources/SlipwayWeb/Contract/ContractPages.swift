import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// The contract's answers as pages.
enum ContractPages {
    static func outcome(_ answer: StartAnswer, pending: [String] = []) -> HTMLPage {
        var body = "<p role=\"status\" data-status=\"\(answer.decision.status)\">"
        body += HTMLText.escaped(StartWords(answer).message) + "</p>\n"
        if case .blocked(let blockers) = answer.decision {
            body += list(blockers.map { link($0.reason.sentence, $0.reason.runbookPath) })
        }
        if case .scopeBusy(let holds) = answer.decision {
            body += list(
                holds.map { hold in
                    link("Run \(hold.holder.id), \(hold.holder.operation)", "/admin/operations/\(hold.holder.id)")
                        + " since \(HTMLText.escaped(hold.holder.since.rfc3339))"
                })
        }
        if !pending.isEmpty { body += "<p>Waiting behind it:</p>\n" + list(pending.map(HTMLText.escaped)) }
        if let run = answer.run { body += "<p>\(link("Open run \(run)", "/admin/operations/\(run)"))</p>" }
        return HTMLPage(title: answer.request.operation.verb, body: body)
    }

    static func detail(_ detail: RunQueries.Detail) -> HTMLPage {
        let run = detail.run
        var facts = [
            ("Status", run.status.rawValue), ("Outcome", run.machine.outcome.rawValue),
            ("Started by", "\(run.initiator.kind.rawValue) \(run.initiator.name)"), ("From", run.surface),
            ("Queued", run.createdAt.rfc3339),
        ]
        if let connection = detail.connection { facts.append(("Connection", connection.label)) }
        if !run.scopes.isEmpty { facts.append(("Holds while active", run.scopes.joined(separator: ", "))) }
        if let progress = run.progress {
            facts.append(("Progress", "\(progress.done)\(progress.total.map { " of \($0)" } ?? "")"))
        }
        var body = "<dl>\n"
        for (name, value) in facts {
            body += "<dt>\(HTMLText.escaped(name))</dt><dd>\(HTMLText.escaped(value))</dd>\n"
        }
        body += "</dl>\n"
        if let reason = run.machine.reason { body += "<p>\(link(reason.sentence, reason.runbookPath))</p>\n" }
        body += section("Items", detail.items.map { item, _ in "\(item.status.rawValue) \(item.key)" })
        body += section(
            "What happened",
            detail.events.map { event in
                [event.at.rfc3339, event.kind.rawValue, event.outcome?.rawValue, event.reason?.rawValue]
                    .compactMap(\.self).joined(separator: " ")
            })
        return HTMLPage(title: "Run \(run.id): \(run.type)", body: body)
    }

    private static func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "<h2>\(HTMLText.escaped(title))</h2>\n" + list(lines.map(HTMLText.escaped))
    }

    /// Of HTML, its texts escaped already.
    private static func list(_ items: [String]) -> String {
        "<ul>\n" + items.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n"
    }

    private static func link(_ text: String, _ address: String) -> String {
        "<a href=\"\(HTMLText.escaped(address))\">\(HTMLText.escaped(text))</a>"
    }
}
