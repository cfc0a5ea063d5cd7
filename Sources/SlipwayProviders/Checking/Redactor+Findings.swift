import SlipwayDomain

extension ConnectionFindings {
    func redacted(by redactor: Redactor) -> ConnectionFindings {
        var findings = self
        findings.scopesGranted = scopesGranted?.map(redactor.redact)
        findings.message = message.map(redactor.excerpt)
        return findings
    }
}

extension AdapterFailure {
    func redacted(by redactor: Redactor) -> AdapterFailure {
        guard case .terminal(let reason, let detail?) = self else { return self }
        return .terminal(reason, detail: redactor.excerpt(detail))
    }
}

extension JSONValue {
    /// With every text in it redacted; names of members are ours.
    func redacted(by redactor: Redactor) -> JSONValue {
        switch self {
        case .string(let text): .string(redactor.redact(text))
        case .array(let values): .array(values.map { $0.redacted(by: redactor) })
        case .object(let members): .object(members.mapValues { $0.redacted(by: redactor) })
        default: self
        }
    }
}
