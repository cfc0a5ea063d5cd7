import SlipwayDomain
import SlipwayOperations

/// Journeys, boards and decisions as `/api/v1` has them.
enum JourneyJSON {
    /// Where the manifest lies on the server is nobody's to know; its digest is.
    static func journey(_ journey: Journey) -> JSONValue {
        let cutover = journey.cutover.map { cutover -> JSONValue in
            ["name": .string(cutover.name), "manifest": (cutover.manifest?.description).json]
        }
        let owners = DecisionSubject.allCases.map { ($0.rawValue, JSONValue.string(journey.people.owner(of: $0))) }
        return [
            "name": .string(journey.name), "from": .string(journey.from.rawValue), "to": .string(journey.to.rawValue),
            "adapter": .string(journey.to.adapter), "cutover": cutover ?? .null,
            "people": [
                "owners": .object(Dictionary(uniqueKeysWithValues: owners)),
                "delegates": journey.people.json["delegates"] ?? [:],
            ], "createdAt": .string(journey.createdAt.rfc3339),
        ]
    }

    static func board(_ standing: JourneyStanding, for signer: Signer) -> JSONValue {
        var members = standing.board.json.objectValue ?? [:]
        members["journey"] = .string(standing.record.journey.name)
        members["you"] = next(standing.board, for: signer)
        return .object(members)
    }

    /// Another for every board that says something else to whoever looks, and the same while only time goes by.
    static func etag(_ board: JSONValue) throws -> String {
        var members = board.objectValue ?? [:]
        members["at"] = nil
        return "\"\(Digest(sha256Of: try JSONValue.object(members).canonicalBytes).hex)\""
    }

    /// What the signer can do next: under their name, their role, or as one who runs Slipway.
    static func next(_ board: Board, for signer: Signer) -> JSONValue {
        let own = [signer.name, signer.role, signer.runsThePlatform ? JourneyRecord.platformOperator : nil]
        let next = board.nextFor(anyOf: Set(own.compactMap(\.self)))
        return [
            "name": .string(signer.name), "role": signer.role.json, "next": next.recommendation?.document ?? .null,
            "waitsFor": .array(next.waitsFor.map { .string($0.rawValue) }),
        ]
    }

    /// Where the subject and the journey stand once a decision was taken.
    static func decided(_ subject: DecisionSubject, _ standing: JourneyStanding, by signer: Signer) -> JSONValue {
        let board = standing.board
        return [
            "journey": .string(standing.record.journey.name), "subject": .string(subject.rawValue),
            "check": board.check(subject.check)?.document ?? .null, "isGo": .bool(board.verdict.isGo),
            "next": board.next?.document ?? .null, "you": next(board, for: signer),
        ]
    }

    /// What would be signed, by whom, and what is said of it so far.
    static func subject(_ subject: DecisionSubject, _ standing: JourneyStanding, for caller: Caller) -> JSONValue {
        let (record, board) = (standing.record, standing.board)
        let refusal = refusal(on: subject, standing, of: caller)
        return [
            "journey": .string(record.journey.name), "subject": .string(subject.rawValue),
            "owner": .string(record.owner(of: subject)), "seen": record.seen(subject),
            "digest": .string("\(record.seenDigest(subject))"),
            "fields": .array(subject.fields.map(JSONValue.string)),
            "signatures": .integer(Int64(subject.signatures)), "canBeWaived": .bool(subject.canBeWaived),
            "check": board.check(subject.check)?.document ?? .null,
            "standing": .array(record.standing(subject).map(\.json)), "mayAccept": .bool(refusal == nil),
            "refusal": refusal.map { .object($0) } ?? .null,
        ]
    }

    private static func refusal(
        on subject: DecisionSubject, _ standing: JourneyStanding, of caller: Caller
    ) -> [String: JSONValue]? {
        if let capability = caller.lackingToSign {
            let problem = Problem.forbidden(capability)
            return problem.more.merging(
                ["kind": .string(problem.kind), "detail": .string(problem.detail)], uniquingKeysWith: { $1 })
        }
        let refusal = DecisionRefusal.inTheWay(of: caller.signer, on: subject, standing.record, standing.board)
        return refusal.map { refusal in
            var members = refusal.members
            members["kind"] = .string(refusal.kind)
            members["detail"] = .string("\(refusal).")
            if case .waitsFor(let checks, _) = refusal {
                let facts = Set(checks.flatMap { standing.board.missing(for: $0).map(\.id) })
                members["missing"] = .array(facts.sorted().map { .string($0.rawValue) })
            }
            return members
        }
    }

    /// A kind of the journey's packets: sealed or not yet.
    static func packet(_ kind: PacketKind, _ standing: JourneyStanding) -> JSONValue {
        let sealed = standing.sealed[kind]
        return [
            "kind": .string(kind.rawValue), "sealed": (sealed?.digest.description).json,
            "sequence": sealed.map { .integer($0.sequence) } ?? .null, "sealedAt": (sealed?.sealedAt.rfc3339).json,
        ]
    }

    /// The packet as it reads now, whether it is sealed like that or not.
    static func draft(_ draft: PacketDraft, _ standing: JourneyStanding) -> JSONValue {
        var members = packet(draft.kind, standing).objectValue ?? [:]
        members["outcome"] = .string(draft.outcome.rawValue)
        members["lines"] = .array(draft.lines.map { [.string($0.key), .string($0.value)] })
        members["facts"] = .object(draft.facts)
        members["text"] = .string(draft.text)
        return .object(members)
    }
}
