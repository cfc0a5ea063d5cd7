extension Bundle {
    /// Checks a bundle against the key it should be signed with, or, when none is given, against the key it
    /// carries: then it is proof only of being unchanged since that key signed it. Never traps on any bytes.
    package static func verify(_ bytes: [UInt8], trusting trusted: VerifyingKey? = nil) -> BundleVerdict {
        do {
            return try BundleCheck(bytes: bytes, trusted: trusted).verdict()
        } catch {
            return .broken(error)
        }
    }
}

struct BundleCheck {
    private let bytes: [UInt8]
    private let trusted: VerifyingKey?

    init(bytes: [UInt8], trusted: VerifyingKey?) {
        self.bytes = bytes
        self.trusted = trusted
    }

    func verdict() throws(BundleFault) -> BundleVerdict {
        guard let lines = BundleLines(bytes) else {
            throw BundleFault(byte: BundleLines.faultyByte(in: bytes), reason: "the file does not have its two lines")
        }
        try checkBlocks(lines)
        let key = try embeddedKey(lines)
        try checkSeal(lines, key)
        if let trusted, trusted != key {
            throw BundleFault(
                byte: offset(of: Base64.text(key.rawBytes), in: lines.body),
                reason: "signed by key \(key.id), not by the trusted key \(trusted.id)")
        }
        return .holds(packets: try packets(lines, key), key: key)
    }

    /// Compares the body with the digests of its blocks, before anything is asked of the seal's signature.
    private func checkBlocks(_ lines: BundleLines) throws(BundleFault) {
        guard let seal = lines.readableSeal else { return }
        let found = BundleSeal(of: lines.body)
        for (index, digest) in seal.blocks.enumerated() {
            guard index >= found.blocks.count || found.blocks[index] != digest else { continue }
            let start = index * BundleSeal.blockLength
            guard start < lines.body.count else {
                throw BundleFault(byte: lines.body.count, reason: "the packets end early: \(seal.length) bytes were sealed")
            }
            let block = Array(lines.body[start..<min(start + BundleSeal.blockLength, lines.body.count)])
            guard let change = ByteChange.undoing(block, to: digest) else {
                throw BundleFault(byte: start, reason: "the \(block.count) bytes from here are not those that were sealed")
            }
            throw BundleFault(byte: start + change.offset, reason: change.description)
        }
        if found.blocks.count > seal.blocks.count {
            throw BundleFault(byte: seal.length, reason: "bytes were added behind those that were sealed")
        }
    }

    private func embeddedKey(_ lines: BundleLines) throws(BundleFault) -> VerifyingKey {
        guard let document = lines.document, document["bundle"]?.stringValue == Bundle.name,
            let raw = document["key"]?["publicKey"]?.stringValue.flatMap(Base64.bytes), let key = VerifyingKey(rawBytes: raw)
        else { throw BundleFault(byte: 0, reason: "not an evidence bundle with its key") }
        guard document["key"]?["id"]?.stringValue == key.id else {
            throw BundleFault(byte: offset(of: "\"key\"", in: lines.body), reason: "the key's name is not that of the key")
        }
        return key
    }

    /// The seal line is determined by the body but for its signature, so any other byte can be compared.
    private func checkSeal(_ lines: BundleLines, _ key: VerifyingKey) throws(BundleFault) {
        let start = lines.body.count + 1
        let dummy = String(repeating: "A", count: 86) + "=="
        let envelope: JSONValue = [
            "payloadType": .string(BundleSeal.payloadType),
            "payload": .string(Base64.text((try? BundleSeal(of: lines.body).payload) ?? [])),
            "signatures": [["keyid": .string(key.id), "sig": .string(dummy)]],
        ]
        let expected = (try? envelope.canonicalBytes) ?? []
        let signature = offset(of: dummy, in: expected)..<(offset(of: dummy, in: expected) + dummy.utf8.count)
        for index in 0..<max(expected.count, lines.seal.count) where !signature.contains(index) {
            guard index < expected.count, index < lines.seal.count else {
                throw BundleFault(byte: start + index, reason: "the seal has \(lines.seal.count) bytes instead of \(expected.count)")
            }
            guard expected[index] == lines.seal[index] else {
                throw BundleFault(byte: start + index, reason: ByteChange.words(reads: lines.seal[index], sealed: expected[index]))
            }
        }
        let message = Envelope.preAuthentication(BundleSeal.payloadType, (try? BundleSeal(of: lines.body).payload) ?? [])
        let text = Array(lines.seal[signature])
        if let bytes = Base64.bytes(String(decoding: text, as: UTF8.self)), key.accepts(bytes, for: message) { return }
        throw signatureFault(text, at: start + signature.lowerBound, key, message)
    }

    private func signatureFault(_ text: [UInt8], at start: Int, _ key: VerifyingKey, _ message: [UInt8]) -> BundleFault {
        let found = ByteChange.undoing(text) { candidate in
            guard let bytes = Base64.bytes(String(decoding: candidate, as: UTF8.self)) else { return false }
            return key.accepts(bytes, for: message)
        }
        guard let found else { return BundleFault(byte: start, reason: "the seal's signature is not this key's") }
        return BundleFault(byte: start + found.offset, reason: found.description)
    }

    private func packets(_ lines: BundleLines, _ key: VerifyingKey) throws(BundleFault) -> [Packet] {
        var packets: [Packet] = []
        for entry in lines.document?["packets"]?.arrayValue ?? [] {
            let digest = entry["digest"]?.stringValue ?? ""
            let place = offset(of: digest, in: lines.body)
            guard let envelope = entry["envelope"].flatMap(Envelope.init(json:)), envelope.isSigned(by: key) else {
                throw BundleFault(byte: place, reason: "packet \(packets.count + 1) is not signed by key \(key.id)")
            }
            let packet: Packet
            do {
                packet = try Packet(statement: envelope.payload)
            } catch {
                throw BundleFault(byte: place, reason: "packet \(packets.count + 1): \(error.description)")
            }
            guard packet.digest.description == digest, entry["text"]?.stringValue == packet.text else {
                throw BundleFault(byte: place, reason: "packet \(packets.count + 1): its digest or text is not that of its statement")
            }
            if let last = packets.last, packet.sequence <= last.sequence {
                throw BundleFault(byte: place, reason: "packet \(packets.count + 1) is out of order")
            }
            if let last = packets.last, packet.sequence == last.sequence + 1, packet.previous != last.digest {
                throw BundleFault(byte: place, reason: "packet \(packets.count + 1) is not chained to the one before it")
            }
            packets.append(packet)
        }
        guard let canonical = try? lines.document?.canonicalBytes, canonical == lines.body else {
            throw BundleFault(byte: 0, reason: "the bundle is not in canonical form")
        }
        return packets
    }

    /// Where a text stands, 0 when it does not.
    private func offset(of text: String, in bytes: [UInt8]) -> Int {
        bytes.firstRange(of: Array(text.utf8))?.lowerBound ?? 0
    }
}
