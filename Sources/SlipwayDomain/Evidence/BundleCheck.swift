extension Bundle {
    /// Checks a bundle against the key it should be signed with, or, when none is given, against the key it
    /// carries: then it is proof only of being unchanged since that key signed it. Never traps on any bytes.
    package static func verify(_ bytes: [UInt8], trusting trusted: VerifyingKey? = nil) -> BundleVerdict {
        do {
            return try BundleCheck(lines: try BundleLines(bytes), trusted: trusted).verdict()
        } catch {
            return .broken(error)
        }
    }
}

/// Checks from the end to the front, so that each line is whole before it is believed about the one before it.
struct BundleCheck {
    let lines: BundleLines
    let trusted: VerifyingKey?

    func verdict() throws(BundleFault) -> BundleVerdict {
        try checkSealLine()
        try checkBody()
        let document = try? JSONValue(parsing: lines.body)
        let key = try embeddedKey(document)
        try checkSignature(key)
        if let trusted, trusted != key {
            throw BundleFault(
                byte: offset(of: Base64.text(key.rawBytes)),
                reason: "signed by key \(key.id), not by the trusted key \(trusted.id)")
        }
        return .holds(packets: try packets(document, key), key: key)
    }

    /// The second line against the third, which is nothing but what the second makes of it.
    private func checkSealLine() throws(BundleFault) {
        let start = lines.body.count + 1
        let checkStart = start + lines.seal.count + 1
        let expected = ((try? BlockCheck(of: lines.seal).json.canonicalBytes) ?? []) + [0x0A]
        guard expected != lines.check else { return }
        let stated = (try? JSONValue(parsing: lines.check)).flatMap(BlockCheck.init(json:))
        if let change = stated?.change(in: lines.seal) {
            throw BundleFault(byte: start + change.offset, reason: change.description)
        }
        for (index, pair) in zip(expected, lines.check).enumerated() where pair.0 != pair.1 {
            guard zip(expected, lines.check).filter({ $0 != $1 }).count == 1, expected.count == lines.check.count else {
                break
            }
            throw BundleFault(byte: checkStart + index, reason: ByteChange.words(reads: pair.1, sealed: pair.0))
        }
        if lines.check.starts(with: expected) {
            throw BundleFault(byte: checkStart + expected.count, reason: "bytes were added at the end")
        }
        if expected.starts(with: lines.check) {
            throw BundleFault(byte: checkStart + lines.check.count, reason: "the file ends early")
        }
        throw BundleFault(byte: start, reason: "the seal is not the one that was written")
    }

    /// The first line against the digests of its blocks.
    private func checkBody() throws(BundleFault) {
        let envelope = (try? JSONValue(parsing: lines.seal)).flatMap(Envelope.init(json:))
        guard let seal = envelope.flatMap({ BundleSeal(payload: $0.payload) }) else {
            throw BundleFault(byte: lines.body.count + 1, reason: "the seal cannot be read")
        }
        let found = BundleSeal(of: lines.body)
        for (index, check) in seal.blocks.enumerated() {
            let start = index * BundleSeal.blockLength
            guard index < found.blocks.count else {
                throw BundleFault(
                    byte: lines.body.count, reason: "the packets end early: \(seal.length) bytes were sealed")
            }
            guard found.blocks[index] != check else { continue }
            let block = Array(lines.body[start..<min(start + BundleSeal.blockLength, lines.body.count)])
            guard let change = check.change(in: block) else {
                throw BundleFault(
                    byte: start, reason: "the \(block.count) bytes from here are not those that were sealed")
            }
            throw BundleFault(byte: start + change.offset, reason: change.description)
        }
        guard found == seal else {
            throw BundleFault(byte: seal.length, reason: "bytes were added behind those that were sealed")
        }
    }

    private func embeddedKey(_ document: JSONValue?) throws(BundleFault) -> VerifyingKey {
        guard let document, document["bundle"]?.stringValue == Bundle.name,
            let raw = document["key"]?["publicKey"]?.stringValue.flatMap(Base64.bytes),
            let key = VerifyingKey(rawBytes: raw)
        else { throw BundleFault(byte: 0, reason: "not an evidence bundle with its key") }
        guard document["key"]?["id"]?.stringValue == key.id else {
            throw BundleFault(byte: offset(of: "\"key\""), reason: "the key's name is not that of the key")
        }
        return key
    }

    private func checkSignature(_ key: VerifyingKey) throws(BundleFault) {
        let json = try? JSONValue(parsing: lines.seal)
        guard let json, let envelope = Envelope(json: json), (try? json.canonicalBytes) == lines.seal,
            envelope.payloadType == BundleSeal.payloadType, envelope.isSigned(by: key)
        else { throw BundleFault(byte: lines.body.count + 1, reason: "the seal is not signed by key \(key.id)") }
    }

    private func packets(_ document: JSONValue?, _ key: VerifyingKey) throws(BundleFault) -> [Packet] {
        var packets: [Packet] = []
        for entry in document?["packets"]?.arrayValue ?? [] {
            let digest = entry["digest"]?.stringValue ?? ""
            let place = offset(of: digest)
            let label = "packet \(packets.count + 1)"
            guard let envelope = entry["envelope"].flatMap(Envelope.init(json:)), envelope.isSigned(by: key) else {
                throw BundleFault(byte: place, reason: "\(label) is not signed by key \(key.id)")
            }
            let packet: Packet
            do {
                packet = try Packet(statement: envelope.payload)
            } catch {
                throw BundleFault(byte: place, reason: "\(label): \(error.description)")
            }
            guard packet.digest.description == digest, entry["text"]?.stringValue == packet.text else {
                throw BundleFault(byte: place, reason: "\(label): its digest or text is not that of its statement")
            }
            if let last = packets.last, packet.sequence <= last.sequence {
                throw BundleFault(byte: place, reason: "\(label) is out of order")
            }
            if let last = packets.last, packet.sequence == last.sequence + 1, packet.previous != last.digest {
                throw BundleFault(byte: place, reason: "\(label) is not chained to the one before it")
            }
            packets.append(packet)
        }
        guard let canonical = try? document?.canonicalBytes, canonical == lines.body else {
            throw BundleFault(byte: 0, reason: "the bundle is not in canonical form")
        }
        return packets
    }

    /// Where a text stands in the packets' line, 0 when it does not.
    private func offset(of text: String) -> Int {
        lines.body.firstRange(of: Array(text.utf8))?.lowerBound ?? 0
    }
}
