import SlipwayDomain
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct RedactorTests {
    /// Ten thousand secrets, each in a form of its own, at a random place of random text. The text around them holds
    /// no form of a secret, so that nothing but the value can have given the canary away.
    @Test(arguments: Seed.forThisRun(count: 10))
    func `no canary survives in any encoding`(_ seed: Seed) {
        var generator = SeededGenerator(seed)
        for number in 0..<1000 {
            let canary = Canary(using: &generator)
            let form = Canary.Form.allCases[number % Canary.Form.allCases.count]
            let (written, leak) = canary.written(as: form, using: &generator)
            let (before, after) = (noise(using: &generator), noise(using: &generator))
            let redactor = Redactor([canary.secret])
            let redacted = redactor.redact("\(before) \(written) \(after)")
            #expect(!redacted.utf8Contains(leak), "\(form) \(canary.text)")
            #expect(redacted.utf8Contains(Redactor.mark), "\(form) \(canary.text)")
            #expect(redacted.hasPrefix(before) && redacted.hasSuffix(after), "\(form): more was taken than the secret")
        }
    }

    /// Wherever the cut falls, of the secret that it falls into nothing is left.
    @Test(arguments: Seed.forThisRun(count: 3))
    func `a cut never reveals the beginning of a secret`(_ seed: Seed) {
        var generator = SeededGenerator(seed)
        for number in 0..<600 {
            let canary = Canary(using: &generator)
            let form = Canary.Form.allCases[number % Canary.Form.allCases.count]
            let (written, _) = canary.written(as: form, using: &generator)
            let start = Redactor.excerptLimit - Int.random(in: 0...(written.utf8.count + 4), using: &generator)
            let excerpt = Redactor([canary.secret]).excerpt(String(repeating: ".", count: max(0, start)) + written)
            #expect(excerpt.utf8.count <= Redactor.excerptLimit)
            #expect(excerpt.allSatisfy { ".‹redacted›".contains($0) }, "\(form): \(excerpt)")
        }
    }

    @Test func `an excerpt ends between characters`() {
        for padding in 0..<8 {
            let text = String(repeating: "a", count: Redactor.excerptLimit - 4 + padding) + "😀😀"
            let excerpt = Redactor().excerpt(text)
            #expect(text.hasPrefix(excerpt))
            #expect((Redactor.excerptLimit - 3...Redactor.excerptLimit).contains(excerpt.utf8.count))
        }
    }

    @Test func `what moves a cursor or turns a line around is taken out of an excerpt`() {
        let excerpt = Redactor().excerpt("a\u{1B}[31m\r\nb\u{202E}c\u{0}d\u{2028}e\u{200B}f\u{9B}g")
        #expect(excerpt == "a\u{FFFD}[31m  b\u{FFFD}c\u{FFFD}d e\u{FFFD}f\u{FFFD}g")
    }

    @Test func `bytes that are no text are redacted as bytes`() {
        let secret: [UInt8] = [0xFF, 0x00, 0xC3, 0x28, 0xFE, 0x80, 0x81, 0x99]
        let redactor = Redactor([SecretBytes(secret)])
        #expect(redactor.redact([1, 2] + secret + [3]) == [1, 2] + Array(Redactor.mark.utf8) + [3])
        #expect(redactor.redact("x \(Hex.text(secret)) y") == "x ‹redacted› y")
    }

    @Test func `a key in several lines is found line by line`() {
        let lines = ["MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ"]
        let redactor = Redactor([SecretBytes(lines.joined(separator: "\n"))])
        #expect(redactor.redact("line 2: \(lines[1]).") == "line 2: ‹redacted›.")
    }

    @Test func `more than the first twelve characters go when more stands there`() {
        let redactor = Redactor([SecretBytes("correct-horse-battery-staple")])
        #expect(redactor.redact("begins correct-horse-batXX") == "begins ‹redacted›XX")
        #expect(redactor.redact("ends XXorse-battery-staple") == "ends XX‹redacted›")
        #expect(redactor.redact("a correct-horse walks") == "a ‹redacted› walks")
    }

    @Test func `a secret too short to be one is not looked for`() {
        #expect(Redactor([SecretBytes("abc"), SecretBytes("")]).redact("abcabc") == "abcabc")
        #expect(Redactor([SecretBytes("abcd")]).redact("xabcdx") == "x‹redacted›x")
    }

    @Test func `it shows nothing of itself`() {
        let redactor = Redactor([SecretBytes("correct-horse-battery-staple")])
        var dumped = ""
        dump(redactor, to: &dumped)
        for text in ["\(redactor)", String(reflecting: redactor), dumped] {
            #expect(!text.contains("correct") && text.contains("redacted"))
        }
    }

    private func noise(using generator: inout SeededGenerator) -> String {
        let letters = Array("abcdefghij klmnop qrstuvwxyz.,!€é\n")
        let count = Int.random(in: 0...60, using: &generator)
        return "<" + String((0..<count).compactMap { _ in letters.randomElement(using: &generator) }) + ">"
    }
}

extension String {
    /// By bytes: a letter and the accent behind it are two things here.
    fileprivate func utf8Contains(_ other: String) -> Bool {
        let (bytes, part) = (Array(utf8), Array(other.utf8))
        guard bytes.count >= part.count else { return false }
        return (0...(bytes.count - part.count)).contains { bytes[$0...].starts(with: part) }
    }
}
