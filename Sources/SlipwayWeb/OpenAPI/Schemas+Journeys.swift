import SlipwayDomain

/// The bodies of journeys, boards and decisions.
extension Schemas {
    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    private static let flag: JSONValue = ["type": "boolean"]
    private static let names = list(text)
    private static let tally: JSONValue = list(
        object(["id": text, "done": count, "total": count], required: ["id", "done", "total"]))
    private static let environment = oneOf(JourneyEnvironment.allCases.map(\.rawValue))

    private static func orNull(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

    private static let check = object(
        [
            "id": text, "owner": text, "state": text, "isMet": flag, "measure": text, "waitsFor": names,
            "standsOn": names, "evidence": digest, "at": moment, "expires": moment, "reason": text, "waivedBy": text,
            "waivedUntil": moment,
        ], required: ["id", "owner", "state", "isMet", "measure", "waitsFor"])

    private static let recommendation = object(
        [
            "action": text, "owner": text, "persons": count, "stage": count, "provides": names, "repairs": names,
            "unlocks": names, "chain": count, "cost": count,
            "counter": object(["id": text, "done": count, "total": count], required: ["id", "done", "total"]),
        ], required: ["action", "owner", "provides"])

    private static let you = object(
        [
            "name": text, "role": nullableText, "next": orNull(reference("Recommendation")), "waitsFor": names,
        ], required: ["name", "role", "next", "waitsFor"])

    private static let board = object(
        [
            "journey": text, "you": reference("JourneyYou"), "at": moment,
            "plan": object(["name": text, "version": count], required: ["name", "version"]),
            "checks": list(reference("BoardCheck")), "counters": tally, "stages": tally,
            "gates": object(["ready": count, "started": count, "total": count]), "decisions": list(anyObject),
            "verdict": anyObject, "blockers": list(anyObject), "frontier": names, "unprovided": names,
            "ignored": names, "next": orNull(reference("Recommendation")),
            "secondBest": orNull(reference("Recommendation")), "nextFor": list(anyObject), "costToGo": count,
            "isCheapest": flag, "traffic": anyObject, "fault": anyObject,
        ],
        required: [
            "journey", "you", "at", "plan", "checks", "counters", "stages", "gates", "decisions", "verdict", "blockers",
            "frontier", "next", "secondBest", "nextFor",
        ])

    private static let journey = object(
        [
            "name": text, "from": environment, "to": environment, "adapter": text,
            "cutover": orNull(
                object(["name": text, "manifest": nullableDigest], required: ["name", "manifest"])),
            "people": object(["owners": anyObject, "delegates": anyObject], required: ["owners", "delegates"]),
            "createdAt": moment,
        ], required: ["name", "from", "to", "adapter", "cutover", "people", "createdAt"])

    private static let sealed: [String: JSONValue] = [
        "kind": oneOf(JourneyPackets.kinds.map(\.rawValue)), "sealed": nullableDigest,
        "sequence": ["type": ["integer", "null"]], "sealedAt": nullableMoment,
    ]

    private static let packet = object(
        sealed.merging(
            [
                "outcome": oneOf(PacketOutcome.allCases.map(\.rawValue)), "lines": list(list(text)),
                "facts": anyObject, "text": text,
            ], uniquingKeysWith: { $1 }),
        required: ["kind", "sealed", "sequence", "sealedAt", "outcome", "lines", "facts", "text"])

    private static let signed = object(
        [
            "number": id, "subject": text, "by": text, "role": nullableText, "means": text, "fields": anyObject,
            "seen": digest, "at": moment, "verdict": verdicts, "reason": text, "until": moment,
        ], required: ["number", "subject", "by", "role", "means", "fields", "seen", "at", "verdict"])

    private static let verdicts = oneOf(SignedDecision.Verdict.names)

    private static let decision = object(
        [
            "journey": text, "subject": text, "owner": text, "seen": anyObject, "digest": digest, "fields": names,
            "signatures": count, "canBeWaived": flag, "check": orNull(reference("BoardCheck")),
            "standing": list(reference("SignedDecision")), "mayAccept": flag,
            "refusal": orNull(
                object(
                    [
                        "kind": text, "detail": text, "owner": text, "waitsFor": names, "missing": names,
                        "capability": text,
                    ], required: ["kind", "detail"])),
        ],
        required: [
            "journey", "subject", "owner", "seen", "digest", "fields", "signatures", "canBeWaived", "check", "standing",
            "mayAccept", "refusal",
        ])

    static let journeyNamed: [String: JSONValue] = [
        "Journey": journey,
        "JourneyList": object(["journeys": list(reference("Journey"))], required: ["journeys"]),
        "JourneyBoard": board, "BoardCheck": check, "Recommendation": recommendation, "JourneyYou": you,
        "JourneyPacketList": object(
            ["packets": list(object(sealed, required: sealed.keys.sorted()))], required: ["packets"]),
        "JourneyPacket": packet, "SignedDecision": signed, "Decision": decision,
        "DecisionPage": object(
            ["decisions": list(reference("SignedDecision")), "next": nullableText], required: ["decisions", "next"]),
        "DecisionRequest": object(
            [
                "verdict": verdicts, "fields": fields, "reason": input(DecisionBody.longestText, orNull: true),
                "until": nullableMoment,
                "seen": ["type": ["string", "null"], "pattern": "^(sha256:)?[0-9a-f]{64}$"],
            ], required: ["verdict"]),
        "DecisionTaken": object(
            [
                "journey": text, "subject": text, "check": orNull(reference("BoardCheck")), "isGo": flag,
                "next": orNull(reference("Recommendation")), "you": reference("JourneyYou"),
            ], required: ["journey", "subject", "check", "isGo", "next", "you"]),
    ]
}
