import SlipwayDomain
import SlipwayTesting

/// A random secret, and the ways it may have been written into a text.
struct Canary {
    enum Form: String, CaseIterable, Sendable {
        case raw, base64First, base64Second, base64Third, base64URL, hexLower, hexUpper, percentLower, percentUpper,
            percentAll, form, json, jsonAllEscaped, firstTwelve, lastTwelve
    }

    /// Printable, with whatever encodings change: quotes, slashes, spaces, letters beyond ASCII.
    let text: String

    init(using generator: inout SeededGenerator) {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=&?%\"\\ ~._-!*'()<>éü€😀")
        let count = Int.random(in: 16...48, using: &generator)
        text = String((0..<count).compactMap { _ in letters.randomElement(using: &generator) })
    }

    var secret: SecretBytes { SecretBytes(text) }

    /// How the canary stands in a text, and the least piece of it that would be a leak.
    func written(as form: Form, using generator: inout SeededGenerator) -> (text: String, leak: String) {
        let bytes = Array(text.utf8)
        func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) } }
        func base64(_ before: [UInt8], core: Range<Int>) -> (String, String) {
            let whole = Base64.text(before + bytes + noise(3))
            let letters = Array(whole.utf8)
            return (whole, String(decoding: letters[core], as: UTF8.self))
        }
        switch form {
        case .raw: return (text, text)
        case .base64First: return base64(noise(3 * Int.random(in: 0...2, using: &generator)), core: 8..<20)
        case .base64Second: return base64(noise(1), core: 2..<14)
        case .base64Third: return base64(noise(2), core: 3..<15)
        case .base64URL:
            let url = String(Base64.text(bytes).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
            return (url, String(url.prefix(12)))
        case .hexLower: return (Hex.text(bytes), Hex.text(bytes.prefix(6)))
        case .hexUpper: return (Hex.text(bytes).uppercased(), Hex.text(bytes.prefix(6)).uppercased())
        case .percentLower: return same(percent(bytes, upper: false, keeps: "-._~"))
        case .percentUpper: return same(percent(bytes, upper: true, keeps: "-._~!'()*"))
        case .percentAll: return same(percent(bytes, upper: true, keeps: nil))
        case .form: return same(String(percent(bytes, upper: true, keeps: "*-._ ").map { $0 == " " ? "+" : $0 }))
        case .json: return same(json(everything: false))
        case .jsonAllEscaped: return same(json(everything: true))
        case .firstTwelve: return same(String(text.prefix(12)))
        case .lastTwelve: return same(String(text.suffix(12)))
        }
    }

    private func same(_ text: String) -> (String, String) { (text, text) }

    /// `keeps` are the marks that are not encoded beside letters and digits; nil encodes these too.
    private func percent(_ bytes: [UInt8], upper: Bool, keeps: String?) -> String {
        bytes.map { byte in
            let isLetter = 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
            if let keeps, isLetter || keeps.utf8.contains(byte) { return String(UnicodeScalar(byte)) }
            let hex = Hex.text([byte])
            return "%" + (upper ? hex.uppercased() : hex)
        }.joined()
    }

    private func json(everything: Bool) -> String {
        if everything {
            return text.utf16.map { unit in
                "\\u" + Hex.text([UInt8(unit >> 8), UInt8(unit & 0xFF)])
            }.joined()
        }
        return text.map { letter in
            switch letter {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "/": "\\/"
            default: String(letter)
            }
        }.joined()
    }
}
