import SlipwayPostgres
import SlipwayTesting
import Testing

@testable import SlipwayCutover

@Suite(.timeLimit(.minutes(15))) struct NumericFormatTests {
    private static func field(_ text: String) -> String? {
        DecimalDigits(Array(text.utf8)).map { digits in
            let buffer = ByteBuffer()
            NumericFormat.append(digits, scale: digits.scale, to: buffer)
            return MappingFixture.hex(Array(buffer.bytes))
        }
    }

    @Test(arguments: [
        ("0", "0000000000000000"), ("0.00", "0000000000000002"), ("1", "0001000000000000 0001"),
        ("-1", "0001000040000000 0001"),
        ("9999", "0001000000000000 270f"), ("10000", "0001000100000000 0001"), ("12345", "0002000100000000 00010929"),
        ("0.1", "0001ffff00000001 03e8"), ("0.0001", "0001ffff00000004 0001"), ("0.00001", "0001fffe00000005 03e8"),
        ("12.50", "0002000000000002 000c1388"), ("-12345.678", "0003000140000003 000109291a7c"),
        ("1e8", "0001000200000000 0001"),
        ("100000000.00000001", "0005000200000008 00010000000000000001"),
    ])
    func `a decimal is written as numeric_send writes it`(text: String, field: String) {
        #expect(Self.field(text) == field.replacing(" ", with: ""))
    }

    /// 2000 decimals through a real binary COPY, and the same ones as the server itself would send them.
    @Test(arguments: Seed.forThisRun(count: 2))
    func `PostgreSQL reads what is sent and would send the same`(seed: Seed) async throws {
        var generator = CellGenerator(seed)
        var texts = [
            "0", "0.0", "0.0001", "1", "9999", "10000", "99999999", "0.99999999", "123456789012345678901234567890",
        ]
        texts += ["0." + String(repeating: "0", count: 400) + "1", "1" + String(repeating: "0", count: 400)]
        texts += [String(repeating: "9", count: 131_072), "0." + String(repeating: "1", count: 16_383)]
        texts += [String(repeating: "9", count: 131_072) + "." + String(repeating: "7", count: 16_383)]
        texts += (0..<1_000).map { _ in generator.decimal() }.filter { !$0.hasPrefix("-0") }
        let wanted = texts
        try await TestCluster.shared.withDatabase { url in
            let session = PostgresSession(try PostgresAddress(url))
            try await session.run { connection in
                try connection.run("CREATE TABLE sent (id bigint, value numeric)")
                try Self.send(wanted, on: connection)
                let result = try connection.query(
                    "SELECT value::text, encode(numeric_send(value), 'hex'), length(encode(numeric_send(value), 'hex')) FROM sent ORDER BY id"
                )
                #expect(result.count == wanted.count)
                for row in 0..<result.count {
                    #expect(result.text(row, 0) == wanted[row])
                    #expect(result.text(row, 1) == Self.field(wanted[row]), "\(wanted[row].prefix(60))")
                }
            }
        }
    }

    private static func send(_ texts: [String], on connection: PostgresConnection) throws {
        let codec = MappingFixture.codec(.numeric(precision: nil, scale: nil), .text)
        let buffer = ByteBuffer()
        RowEncoder.header.withUnsafeBytes { buffer.append($0) }
        for (id, text) in texts.enumerated() {
            buffer.append(bigEndian: 2 as Int16)
            buffer.append(bigEndian: 8 as Int32)
            buffer.append(bigEndian: Int64(id))
            #expect(OwnedCell.string(text).lend { codec.encode($0, to: buffer) })
        }
        RowEncoder.trailer.withUnsafeBytes { buffer.append($0) }
        #expect(
            try connection.copyIn("COPY sent FROM STDIN (FORMAT binary)") { try $0.send(buffer.bytes) } == texts.count)
    }

    @Test(arguments: [(131_072, 16_383), (131_073, 0), (1, 16_384), (65_536, 16_383)])
    func `a decimal at and beyond the limits is judged and not written wrong`(whole: Int, places: Int) {
        let text =
            String(repeating: "9", count: whole) + (places > 0 ? "." + String(repeating: "7", count: places) : "")
        let hazard = MappingFixture.hazard(
            .string(text), MappingFixture.codec(.numeric(precision: nil, scale: nil), .text))
        let fits = whole <= 131_072 && places <= 16_383
        #expect(hazard == (fits ? nil : .decimalRange))
    }

    @Test(arguments: [
        "", "-", ".", "e5", "1e", "1.2.3", "NaN", "Infinity", " 1", "1 ", "0x10", "1e99999999999999999999",
        "1e-9223372036854775808", "1e100000", "١",
    ])
    func `what is no decimal is none`(text: String) {
        #expect(DecimalDigits(Array(text.utf8)) == nil)
    }

    @Test(arguments: ["c000", "d000", "f000", "1000"])
    func `neither NaN nor an infinity of the target is a decimal`(sign: String) {
        let bytes = MappingFixture.bytes("00000000\(sign)0000")
        #expect(MappingFixture.value(bytes, MappingFixture.codec(.numeric(precision: nil, scale: nil))) == nil)
    }

    @Test(arguments: [
        ("12.345", 2, "12.34"), ("12.355", 2, "12.36"), ("-12.345", 2, "-12.34"), ("0.5", 0, "0"), ("1.5", 0, "2"),
        ("2.5", 0, "2"),
        ("2.51", 0, "3"), ("9.995", 2, "10.00"), ("99.999", 1, "100.0"), ("0.004", 2, "0.00"), ("0.006", 2, "0.01"),
        ("0.0004", 2, "0.00"),
    ])
    func `rounding is half to even on the digits themselves`(text: String, scale: Int, rounded: String) throws {
        let digits = try #require(DecimalDigits(Array(text.utf8)))
        #expect(digits.rounded(toScale: scale).text(scale: scale) == rounded)
    }
}
