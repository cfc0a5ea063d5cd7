import SlipwayTesting
import Testing

@testable import SlipwayDomain

@Suite struct CanonicalJSONTests {
    /// RFC 8785, appendix B.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
            (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5557, "333333333.33333343"),
            (0xBECB_F647_612F_3696, "-0.0000033333333333333333"), (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func `a double is written as ECMAScript writes it`(bits: UInt64, text: String) throws {
        #expect(try CanonicalNumber.text(Double(bitPattern: bits)) == text)
    }

    @Test func `keys are sorted by their UTF-16 code units`() throws {
        let value: JSONValue = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        ]
        let text = String(decoding: try value.canonicalBytes, as: UTF8.self)
        let order = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"]
        let places = try order.map { try #require(text.firstRange(of: $0)?.lowerBound) }
        #expect(places == places.sorted())
    }

    @Test func `strings escape what must be escaped and nothing else`() throws {
        let value: JSONValue = .string("\u{20ac}$\u{0F}\u{0A}A'\u{42}\u{22}\u{5c}\\\"/\u{7f}")
        #expect(String(decoding: try value.canonicalBytes, as: UTF8.self) == #""€$\u000f\nA'B\"\\\\\"/"# + "\u{7f}\"")
    }

    @Test func `an integer no double holds and a number that is none are refused`() {
        #expect(throws: CanonicalJSONError.integerBeyondDouble(9_007_199_254_740_993)) {
            try JSONValue.integer(9_007_199_254_740_993).canonicalBytes
        }
        #expect(throws: CanonicalJSONError.notFinite) { try JSONValue.double(.infinity).canonicalBytes }
    }

    @Test(arguments: Seed.forThisRun(count: 200))
    func `what is written reads back the same`(seed: Seed) throws {
        var generator = SeededGenerator(seed)
        let value = JSONValue.random(depth: 4, using: &generator)
        let bytes = try value.canonicalBytes
        #expect(try JSONValue(parsing: bytes).canonicalBytes == bytes)
    }
}

@Suite struct JSONParserTests {
    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "nul", "\"\u{01}\"", "\"\\x\"", "\"\\ud800\"",
        "\"\\udc00\"", "{\"a\":1,\"a\":2}", "[1] 2", "1e999", "'a'", "{a:1}", "\"\\u12g4\"", "[\"a]", "tru",
    ])
    func `what is not JSON is refused with its place`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x22]) }
    }

    @Test func `nesting has an end`() {
        let deep = Array(repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: deep) }
    }

    @Test func `integers stay integers and all else becomes doubles`() throws {
        #expect(
            try JSONValue(parsing: Array("[1,-0,1.0,1e2,9223372036854775807]".utf8))
                == [.integer(1), .double(-0.0), .double(1), .double(100), .integer(.max)])
        #expect(try JSONValue(parsing: Array("\"\\ud83d\\ude00 \\u00e9\"".utf8)) == "😀 é")
    }
}

extension JSONValue {
    static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: -(1 << 53)...(1 << 53), using: &generator))
        case 3:
            let double = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
            return .double(double.isFinite ? double : 0.5)
        case 4: return .string(randomText(using: &generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<4, using: &generator) {
                members[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
            }
            return .object(members)
        }
    }

    private static func randomText(using generator: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0..<8, using: &generator)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0..<0x11000, using: &generator))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
