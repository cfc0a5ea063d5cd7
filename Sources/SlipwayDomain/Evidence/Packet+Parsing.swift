/// A statement that is not one of our packets: what is wrong with it.
package struct PacketFault: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Packet {
    /// Reads a packet back from its statement; throws unless the bytes are exactly what the packet would be
    /// written as.
    package init(statement bytes: [UInt8]) throws(PacketFault) {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw PacketFault(error.description)
        }
        guard let predicate = document["predicate"], document["_type"]?.stringValue == Packet.statementType,
            document["predicateType"]?.stringValue == Packet.predicateType
        else { throw PacketFault("not a readiness statement") }
        let draft = try Packet.draft(predicate, document["subject"])
        guard let sequence = predicate["sequence"]?.integerValue,
            let sealed = predicate["sealedAtMicroseconds"]?.stringValue.flatMap({ Int64($0) })
        else { throw PacketFault("no sequence or time") }
        let previous = predicate["previous"]?.stringValue.flatMap { Digest($0) }
        do {
            try self.init(draft, sequence: sequence, previous: previous, sealedAt: Timestamp(microseconds: sealed))
        } catch {
            throw PacketFault(error.description)
        }
        guard statement == bytes else { throw PacketFault("the statement is not in canonical form") }
    }

    private static func draft(_ predicate: JSONValue, _ subject: JSONValue?) throws(PacketFault) -> PacketDraft {
        guard let kind = predicate["kind"]?.stringValue.flatMap(PacketKind.init(rawValue:)) else {
            throw PacketFault("an unknown kind of packet")
        }
        guard let scope = predicate["scope"]?.stringValue, let facts = predicate["facts"]?.objectValue,
            let outcome = predicate["outcome"]?.stringValue.flatMap(PacketOutcome.init(rawValue:))
        else { throw PacketFault("no scope, outcome or facts") }
        var subjects: [Subject] = []
        for entry in subject?.arrayValue ?? [] {
            guard let name = entry["name"]?.stringValue,
                let digest = entry["digest"]?["sha256"]?.stringValue.flatMap({ Digest($0) })
            else { throw PacketFault("a subject without name or digest") }
            subjects.append(Subject(name: name, digest: digest))
        }
        var lines: [PacketLine] = []
        for entry in predicate["lines"]?.arrayValue ?? [] {
            guard let pair = entry.arrayValue, pair.count == 2, let key = pair[0].stringValue,
                let value = pair[1].stringValue
            else { throw PacketFault("a line that is not a key and a value") }
            lines.append(PacketLine(key, value))
        }
        return PacketDraft(kind: kind, scope: scope, outcome: outcome, subjects: subjects, facts: facts, lines: lines)
    }
}
