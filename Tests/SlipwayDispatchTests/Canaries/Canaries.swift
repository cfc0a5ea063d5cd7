import Foundation
import SlipwayDomain
import SlipwayTesting

/// Secrets that nothing else looks like, and a search for all of them at once: in a text of any length, each place is
/// looked up by the eight bytes that stand there.
///
/// Whatever piece of 23 bytes of a secret there is, raw or in base64 of any alignment or in hex, is found.
struct Canaries: Sendable {
    enum Form: String, CaseIterable, Sendable {
        case raw, base64, base64URL, hexLower, hexUpper
    }

    struct Sighting: Hashable, Sendable, CustomStringConvertible {
        let canary: Int
        let form: Form

        var description: String { "canary \(canary) in \(form.rawValue)" }
    }

    private struct Piece: Sendable {
        let bytes: [UInt8]
        let sighting: Sighting
    }

    /// Letters that no encoding but these changes. Of one length.
    let texts: [String]
    /// By their first eight bytes.
    private var pieces: [UInt64: [Piece]] = [:]
    /// By a hash of the same: most places are passed over by a look at this.
    private var mayBegin = [Bool](repeating: false, count: 1 << 22)

    private static let length = 36
    /// How much of a secret a piece has.
    private static let step = 12

    init(_ count: Int, using generator: inout SeededGenerator) {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
        var texts: [String] = []
        for _ in 0..<count {
            let bytes = (0..<Self.length).map { _ in letters[Int(truncatingIfNeeded: generator.next() & 63)] }
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        self.texts = texts
        pieces.reserveCapacity(count * 20)
        for (canary, text) in texts.enumerated() { add(Array(text.utf8), canary) }
    }

    private mutating func add(_ secret: [UInt8], _ canary: Int) {
        for form in Form.allCases {
            for written in Self.written(secret, as: form) {
                let width = Self.width(of: form)
                for start in stride(from: 0, through: written.count - width, by: width) {
                    add(
                        Piece(bytes: Array(written[start..<start + width]), sighting: .init(canary: canary, form: form))
                    )
                }
            }
        }
    }

    private mutating func add(_ piece: Piece) {
        let beginning = piece.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        pieces[beginning, default: []].append(piece)
        mayBegin[Self.slot(beginning)] = true
    }

    /// The ways a secret stands in that form; in base64 it depends on what stands before it.
    private static func written(_ secret: [UInt8], as form: Form) -> [[UInt8]] {
        switch form {
        case .raw: return [secret]
        case .hexLower: return [Array(Hex.text(secret).utf8)]
        case .hexUpper: return [Array(Hex.text(secret).uppercased().utf8)]
        case .base64, .base64URL:
            return (0..<3).map { skipped in
                let whole = (secret.count - skipped) / 3 * 3
                let text = Data(secret[skipped..<skipped + whole]).base64EncodedData()
                guard form == .base64URL else { return Array(text) }
                return text.map { letter in
                    switch letter {
                    case UInt8(ascii: "+"): UInt8(ascii: "-")
                    case UInt8(ascii: "/"): UInt8(ascii: "_")
                    default: letter
                    }
                }
            }
        }
    }

    private static func width(of form: Form) -> Int {
        switch form {
        case .raw, .base64, .base64URL: step
        case .hexLower, .hexUpper: 2 * step
        }
    }

    private static func slot(_ beginning: UInt64) -> Int {
        Int(truncatingIfNeeded: (beginning &* 0x9E37_79B9_7F4A_7C15) >> 42)
    }

    /// All that stands in there, each once.
    func sightings(in bytes: [UInt8]) -> Set<Sighting> {
        var found: Set<Sighting> = []
        bytes.withUnsafeBufferPointer { bytes in
            mayBegin.withUnsafeBufferPointer { mayBegin in
                var beginning: UInt64 = 0
                var end = 0
                while end < bytes.count {
                    beginning = beginning << 8 | UInt64(bytes[end])
                    end += 1
                    guard mayBegin[Self.slot(beginning)], let pieces = pieces[beginning], end >= 8 else { continue }
                    for piece in pieces where bytes[(end - 8)...].starts(with: piece.bytes) {
                        found.insert(piece.sighting)
                    }
                }
            }
        }
        return found
    }

    func sightings(in text: String) -> Set<Sighting> { sightings(in: Array(text.utf8)) }
}
