/// What a row says: a JSON object in its canonical form, so that what is the same is the same text on every engine.
package struct ScenarioPayload: Hashable, Sendable {
    /// RFC 8785, at most `longest` bytes.
    package let text: String

    package static let longest = 65_536

    /// Throws for what is no object, is too long, or holds what canonical JSON has no form for.
    package init(_ json: JSONValue) throws(ScenarioRefusal) {
        guard case .object = json else { throw .payloadIsNoObject }
        let bytes: [UInt8]
        do {
            bytes = try json.canonicalBytes
        } catch {
            throw .payloadHasNoForm("\(error)")
        }
        if let number = Self.numberThatReadsBackAsAnother(json) {
            throw .payloadHasNoForm("\(number) is beyond 2^53: write it as a string")
        }
        guard bytes.count <= Self.longest else { throw .payloadTooLong(bytes: bytes.count) }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// A double that canonical JSON writes without point and exponent, and that is too large to be read back as the
    /// integer it then looks like.
    private static func numberThatReadsBackAsAnother(_ json: JSONValue) -> Double? {
        switch json {
        case .double(let number):
            number.magnitude > 0x1p53 && number.magnitude < 1e21 ? number : nil
        case .array(let items): items.lazy.compactMap(numberThatReadsBackAsAnother).first
        case .object(let members): members.values.lazy.compactMap(numberThatReadsBackAsAnother).first
        case .null, .bool, .integer, .string: nil
        }
    }

    /// A text that was stored as one.
    package init(stored text: String) {
        self.text = text
    }

    package static func == (left: ScenarioPayload, right: ScenarioPayload) -> Bool {
        ScenarioText.areSame(left.text, right.text)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// A row that somebody wants stored.
package struct ScenarioDraft: Hashable, Sendable {
    package let id: String
    package let payload: ScenarioPayload

    /// Throws for an id that cannot name a row.
    package init(id: String, payload: ScenarioPayload) throws(ScenarioRefusal) {
        guard ScenarioText.isRowID(id) else { throw .rowID }
        self.id = id
        self.payload = payload
    }
}

/// A row as it is stored.
package struct ScenarioRow: Hashable, Sendable {
    package let id: String
    /// 1 when it was appended, and one more with each change.
    package let version: Int64
    /// Its place in the collection: of two rows the one that was written later has the higher.
    package let sequence: Int64
    package let payload: ScenarioPayload
    /// Who appended it. Who changed it since is in the audit events.
    package let actor: String
    /// When it was last written.
    package let writtenAt: Timestamp

    package init(
        id: String, version: Int64, sequence: Int64, payload: ScenarioPayload, actor: String, writtenAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.sequence = sequence
        self.payload = payload
        self.actor = actor
        self.writtenAt = writtenAt
    }
}

/// Why something cannot be a row, whatever is stored already.
package enum ScenarioRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case rowID
    case payloadIsNoObject
    case payloadHasNoForm(String)
    case payloadTooLong(bytes: Int)
    case rowCount(Int)
    case actor

    package var description: String {
        switch self {
        case .rowID:
            "a row's id is 1 to 128 letters, digits, dots, colons, dashes and underscores, of which a letter or digit "
                + "comes first"
        case .payloadIsNoObject: "a row's payload is a JSON object"
        case .payloadHasNoForm(let why): "a row's payload has no canonical form: \(why)"
        case .payloadTooLong(let bytes):
            "a row's payload has \(ScenarioPayload.longest) bytes in canonical form at most, and this one \(bytes)"
        case .rowCount(let count): "a write takes 1 to \(ScenarioWrite.mostRows) rows, and this one has \(count)"
        case .actor: "who writes has a name of 1 to 128 bytes without control characters"
        }
    }
}
