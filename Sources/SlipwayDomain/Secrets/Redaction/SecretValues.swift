/// Finds the values of known secrets: raw, in hex, in base64 and base64url at whatever place in what was encoded, and
/// each of them once more behind percent-encoding, a form's encoding, or the escapes of JSON.
struct SecretValues: Sendable {
    private let needles: Needles

    init(_ secrets: [SecretBytes]) {
        var found: [Needle] = []
        for secret in secrets {
            let bytes = secret.reveal(Array.init)
            found += Self.needles(for: bytes)
            // A key in several lines is also met line by line.
            let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
            if lines.count > 1 {
                for line in lines where line.count >= Self.longSecret { found += Self.needles(for: Array(line)) }
            }
        }
        needles = Needles(found)
    }

    /// In no particular order; they may overlap.
    func spans(in bytes: [UInt8]) -> [Range<Int>] {
        guard !needles.isEmpty else { return [] }
        return needles.spans(in: bytes)
            + DecodedView.all(of: bytes).flatMap { view in needles.spans(in: view.bytes).map(view.original) }
    }

    /// From this length on, a piece of twelve bytes is told from chance, and gives too much away.
    private static let longSecret = 16
    private static let pieceLength = 12

    private static func needles(for secret: [UInt8]) -> [Needle] {
        guard secret.count >= Needle.leastLength else { return [] }
        var needles = [Needle(secret)]
        let hex = Hex.text(secret)
        needles += [Needle(Array(hex.utf8)), Needle(Array(hex.uppercased().utf8))]
        for offset in 0..<3 {
            let standard = base64Core(of: secret, at: offset)
            needles.append(Needle(standard, growsOver: .base64))
            let url = standard.map(urlLetter)
            if url != standard { needles.append(Needle(url, growsOver: .base64)) }
        }
        if secret.count >= longSecret {
            let (start, end) = (secret.prefix(pieceLength), secret.suffix(pieceLength))
            needles.append(Needle(Array(start), growsOver: .following(Array(secret.dropFirst(pieceLength)))))
            needles.append(Needle(Array(end), growsOver: .preceding(Array(secret.dropLast(pieceLength)))))
        }
        return needles
    }

    /// The letters of base64 that the secret alone decides when `offset` other bytes, of three, come before it.
    private static func base64Core(of secret: [UInt8], at offset: Int) -> [UInt8] {
        let text = Array(Base64.text(Array(repeating: 0, count: offset) + secret).utf8)
        let first = (offset * 8 + 5) / 6
        let end = (offset + secret.count) * 8 / 6
        return Array(text[first..<end])
    }

    private static func urlLetter(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: letter
        }
    }
}
