/// What a packet speaks of, by the digest of its bytes.
package struct Subject: Hashable, Sendable {
    package var name: String
    package var digest: Digest

    package init(name: String, digest: Digest) {
        self.name = name
        self.digest = digest
    }
}

/// One line of a packet's short text.
package struct PacketLine: Hashable, Sendable {
    package var key: String
    package var value: String

    package init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}

/// What a stage hands in to be sealed: facts for machines, lines for a reviewer, digests of what they are about.
package struct PacketDraft: Sendable {
    package var kind: PacketKind
    /// What the packet belongs to: a cutover's name.
    package var scope: String
    package var outcome: PacketOutcome
    package var subjects: [Subject]
    package var facts: [String: JSONValue]
    package var lines: [PacketLine]

    package init(
        kind: PacketKind, scope: String, outcome: PacketOutcome, subjects: [Subject], facts: [String: JSONValue],
        lines: [PacketLine]
    ) {
        self.kind = kind
        self.scope = scope
        self.outcome = outcome
        self.subjects = subjects
        self.facts = facts
        self.lines = lines
    }
}

package enum PacketOutcome: String, CaseIterable, Hashable, Sendable {
    case pass
    case fail
}

/// A draft with its place in the chain: an in-toto Statement v1, in canonical JSON.
package struct Packet: Sendable {
    package static let statementType = "https://in-toto.io/Statement/v1"
    package static let predicateType = "https://slipway.dev/readiness/v1"

    package let draft: PacketDraft
    package let sequence: Int64
    package let previous: Digest?
    package let sealedAt: Timestamp
    /// The canonical bytes that are digested and signed.
    package let statement: [UInt8]

    package init(
        _ draft: PacketDraft, sequence: Int64, previous: Digest?, sealedAt: Timestamp
    ) throws(CanonicalJSONError) {
        self.draft = draft
        self.sequence = sequence
        self.previous = previous
        self.sealedAt = sealedAt
        let subjects = draft.subjects.map { subject -> JSONValue in
            ["name": .string(subject.name), "digest": ["sha256": .string(subject.digest.hex)]]
        }
        let lines = draft.lines.map { JSONValue.array([.string($0.key), .string($0.value)]) }
        let document: JSONValue = [
            "_type": .string(Packet.statementType),
            "predicateType": .string(Packet.predicateType),
            "subject": .array(subjects),
            "predicate": [
                "kind": .string(draft.kind.rawValue), "scope": .string(draft.scope),
                "outcome": .string(draft.outcome.rawValue), "facts": .object(draft.facts), "lines": .array(lines),
                "sequence": .integer(sequence), "previous": previous.map { .string($0.description) } ?? .null,
                "sealedAt": .string(sealedAt.rfc3339),
                "sealedAtMicroseconds": .string(String(sealedAt.microseconds)),
            ],
        ]
        statement = try document.canonicalBytes
    }

    package var digest: Digest { Digest(sha256Of: statement) }

    /// The draft's text: a packet reads as what was handed in.
    package var text: String { draft.text }
}

extension PacketDraft {
    /// The short form a reviewer reads and copies: the kind, then `key=value` a line. Line breaks inside a value
    /// are shown as `\n`, so no value can pass for a line.
    package var text: String {
        let lines = lines.map { line in
            "\(line.key)=" + line.value.unicodeScalars.map { Self.shown($0) }.joined()
        }
        return ([kind.rawValue] + lines).joined(separator: "\n") + "\n"
    }

    private static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\u{2028}", "\u{2029}", "\u{85}", "\u{0B}", "\u{0C}": "\\n"
        default: String(Character(scalar))
        }
    }
}
