/// A snapshot as it travels: the frozen payload with its digest, and the label an earlier tool gave it.
package struct ScenarioEnvelope: Sendable {
    package let snapshot: ScenarioSnapshot
    /// A `bfg-xxxxxxxx` checksum: kept and shown, and compared with nothing.
    package let legacyChecksum: String?

    /// Reads a file. Throws unless every byte is where `opening`, the snapshot and `closing` put it, and the digest is the
    /// snapshot's: a file with one bit turned is none.
    package init(parsing bytes: [UInt8]) throws(ScenarioSnapshotFault) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .json(error.description)
        }
        // Another spelling of the same document is not the file that was written.
        guard let canonical = try? json.canonicalBytes, canonical == bytes || canonical + [0x0A] == bytes else {
            throw .envelope
        }
        try self.init(json)
    }

    /// Reads a document; how it was spelled does not matter.
    package init(_ json: JSONValue) throws(ScenarioSnapshotFault) {
        guard let members = json.objectValue, let payload = members["snapshot"],
            let stated = members["snapshot_digest"]?.stringValue,
            Set(members.keys).isSubset(of: ["snapshot", "snapshot_digest", "legacy_checksum"])
        else { throw .envelope }
        legacyChecksum = try Self.label(members["legacy_checksum"])
        snapshot = try ScenarioSnapshot(payload)
        guard stated == snapshot.summary.digest.description else {
            throw .digest(stated: stated, computed: snapshot.summary.digest)
        }
    }

    /// What stands in a file before the snapshot's own bytes.
    package static func opening(legacyChecksum: String? = nil) -> [UInt8] {
        let label = legacyChecksum.map { "\"legacy_checksum\":\"\($0)\"," } ?? ""
        return Array("{\(label)\"snapshot\":".utf8)
    }

    /// And what stands after them.
    package static func closing(_ digest: Digest) -> [UInt8] {
        Array(",\"snapshot_digest\":\"\(digest)\"}".utf8)
    }

    private static func label(_ json: JSONValue?) throws(ScenarioSnapshotFault) -> String? {
        guard let json else { return nil }
        guard let text = json.stringValue, text.utf8.count == 12, text.hasPrefix("bfg-"),
            Hex.bytes(text.dropFirst(4)) != nil
        else { throw .label }
        return text
    }
}
