import SlipwayDomain
import SlipwayOperations

/// A decision as a request brings it.
enum DecisionBody {
    /// How long a reason and what is said with a decision may be, in Unicode scalars.
    static let longestText = 500

    /// Throws a problem for what is no decision. An acceptance says what was seen; anything else may.
    static func request(
        _ body: JSONValue?, on subject: DecisionSubject, in journey: String
    ) throws -> Decisions.Request {
        var reader = try BodyReader(body)
        guard let name = try reader.text("verdict") else {
            throw Problem.invalid("The body needs the field verdict.", field: "verdict")
        }
        let fields = try reader.fields("fields")
        let (reason, until) = (try reader.text("reason", upTo: longestText), try reader.text("until"))
        let seen = try digest(reader.text("seen"))
        try reader.finish()
        let verdict = try verdict(name, reason: reason, until: until)
        guard verdict == .accepted || fields?.isEmpty ?? true else {
            throw Problem.verdict("Only an acceptance takes fields.", field: "fields")
        }
        if verdict == .accepted, seen == nil { throw Problem.seenMissing }
        return Decisions.Request(
            journey: journey, subject: subject, verdict: verdict, fields: fields ?? [:], seen: seen)
    }

    private static func verdict(
        _ name: String, reason: String?, until: String?
    ) throws -> SignedDecision.Verdict {
        guard SignedDecision.Verdict.names.contains(name) else {
            let names = SignedDecision.Verdict.names.joined(separator: ", ")
            throw Problem.invalid("verdict is one of \(names).", field: "verdict")
        }
        let end = try until.map { text in
            guard let end = Timestamp(rfc3339: text) else {
                throw Problem.verdict("until is a time in UTC, as 2026-12-24T00:00:00.000000Z.", field: "until")
            }
            return end
        }
        if name == "accepted", reason != nil {
            throw Problem.verdict("An acceptance takes no reason.", field: "reason")
        }
        if name != "waived", until != nil { throw Problem.verdict("Only a waiver ends.", field: "until") }
        if name != "accepted", reason == nil { throw Problem.verdict("Say why, in reason.", field: "reason") }
        guard let verdict = SignedDecision.Verdict(name: name, reason: reason, until: end) else {
            throw Problem.verdict("A waiver says until when, in until.", field: "until")
        }
        return verdict
    }

    private static func digest(_ text: String?) throws -> Digest? {
        try text.map { text in
            guard let digest = Digest(text) else {
                throw Problem.invalid("seen is a digest: sha256: and 64 hex digits.", field: "seen")
            }
            return digest
        }
    }
}
