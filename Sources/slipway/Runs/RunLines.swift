import SlipwayDomain
import SlipwayOperations
import SlipwayStore

/// Runs as lines for a person.
enum RunLines {
    static func line(_ run: RunRecord) -> String {
        let state = run.status == .completed ? run.machine.outcome.rawValue : run.status.rawValue
        let progress = run.status == .running ? run.progress.map { " \(text(of: $0))" } ?? "" : ""
        let reason = run.machine.reason.map { "  \($0.rawValue)" } ?? ""
        return "\(run.id)  \(run.createdAt.rfc3339.prefix(19))Z  \(Figures.padded(run.type, 32)) "
            + Figures.padded(state + progress, 20) + reason
    }

    static func detail(_ detail: RunQueries.Detail) -> [String] {
        let run = detail.run
        var lines = [
            line(run), "  started by \(run.initiator.kind.rawValue) \(run.initiator.name) from \(run.surface)",
        ]
        if !run.scopes.isEmpty { lines.append("  holds \(run.scopes.joined(separator: ", ")) while it is active") }
        if let reason = run.machine.reason { lines.append("  \(reason.sentence)") }
        if let said = run.failures?["detail"]?.stringValue { lines.append("  \(said)") }
        lines += detail.items.map { item, facts in
            "  \(Figures.padded(item.status.rawValue, 10)) \(item.key)\(item.reason.map { "  \($0.rawValue)" } ?? "")"
                + text(of: facts)
        }
        lines += detail.events.map { event in
            let what = [event.kind.rawValue, event.outcome?.rawValue, event.reason?.rawValue]
            return "  \(event.at.rfc3339)  \(what.compactMap(\.self).joined(separator: " "))"
        }
        return lines
    }

    /// Facts in one line, after what they are of.
    private static func text(of facts: JSONValue?) -> String {
        guard let object = facts?.objectValue, !object.isEmpty, let bytes = try? JSONValue.object(object).canonicalBytes
        else { return "" }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.count > 400 ? "  \(text.prefix(400))…" : "  \(text)"
    }

    static func text(of progress: RunProgress) -> String {
        guard let total = progress.total, total > 0 else { return Figures.count(progress.done) }
        return "\(progress.done * 100 / total) %"
    }
}

extension ExitStatus {
    /// What a run's end means for a script; nil when all went well.
    init?(outcomeOf run: RunRecord) {
        switch run.machine.outcome {
        case .succeeded, .pending: return nil
        case .blocked, .cancelled: self = .blocked
        case .failed, .partiallySucceeded: self = run.machine.reason.map(ExitStatus.init(reason:)) ?? .fault
        }
    }

    init(reason: ReasonCode) {
        switch reason {
        case .verificationFailed: self = .difference
        case .targetBusy: self = .busy
        case .credentialInvalid, .permissionMissing: self = .refused
        case .networkUnreachable, .providerUnavailable, .rateLimited: self = .unreachable
        case .hazardsUnresolved, .evidenceMissing, .targetNotReady, .targetOccupied, .sourceChanged, .manifestChanged:
            self = .blocked
        default: self = .fault
        }
    }
}
