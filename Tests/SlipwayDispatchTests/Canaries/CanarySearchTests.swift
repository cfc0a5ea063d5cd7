import Foundation
import SlipwayDomain
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct CanarySearchTests {
    @Test(arguments: Seed.forThisRun(count: 3))
    func `a secret is found in each form, wherever it stands and cut as it may be`(seed: Seed) {
        var generator = SeededGenerator(seed)
        let canaries = Canaries(50, using: &generator)
        func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }
        for (canary, text) in canaries.texts.enumerated() {
            let start = Int(generator.next() % 14)
            let piece = Array(text.utf8)[start..<start + 23]
            for form in Canaries.Form.allCases {
                let written: [UInt8] =
                    switch form {
                    case .raw: Array(piece)
                    case .hexLower: Array(Hex.text(piece).utf8)
                    case .hexUpper: Array(Hex.text(piece).uppercased().utf8)
                    case .base64: Array(Data(noise(Int(generator.next() % 3)) + piece).base64EncodedData())
                    case .base64URL: Array(Base64URL.text(Array(piece)).utf8)
                    }
                let found = canaries.sightings(in: noise(300) + written + noise(300))
                #expect(found.map(\.canary).allSatisfy { $0 == canary })
                // A piece without any of the two letters in which they differ is in both forms of base64.
                #expect(found.contains(.init(canary: canary, form: form)), "\(form) of \(text) from \(start)")
            }
        }
        #expect(canaries.sightings(in: noise(100_000)).isEmpty)
        #expect(canaries.sightings(in: canaries.texts.joined()).count == 50)
    }
}
