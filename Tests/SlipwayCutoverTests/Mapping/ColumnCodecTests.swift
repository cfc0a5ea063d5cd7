import SlipwaySQLite
import SlipwayTesting
import Testing

@testable import SlipwayCutover

@Suite struct ColumnCodecTests {
    private typealias Fixture = MappingFixture

    private static let codecs: [ColumnCodec] = [
        Fixture.codec(.smallint), Fixture.codec(.integer), Fixture.codec(.bigint), Fixture.codec(.double),
        Fixture.codec(.boolean),
        Fixture.codec(.numeric(precision: nil, scale: nil)), Fixture.codec(.numeric(precision: nil, scale: nil), .text),
        Fixture.codec(.numeric(precision: 10, scale: 2)), Fixture.codec(.numeric(precision: 10, scale: 2), .text),
        Fixture.codec(.numeric(precision: 5, scale: 0)), Fixture.codec(.text), Fixture.codec(.bytea, .blob),
        Fixture.codec(.bytea, .text),
        Fixture.codec(.date), Fixture.codec(.timestamp, nil, "YYYY-MM-DD HH:MM:SS"),
        Fixture.codec(.timestamp, nil, "YYYY-MM-DDTHH:MM:SS.fff"),
        Fixture.codec(.timestamptz, nil, "YYYY-MM-DDTHH:MM:SS.fffZ"),
        Fixture.codec(.timestamptz, nil, "YYYY-MM-DD HH:MM:SS+00:00"), Fixture.codec(.uuid), Fixture.codec(.json),
    ]

    @Test(arguments: Seed.forThisRun(count: 8))
    func `what the judge lets through comes back the same in class and bits`(seed: Seed) {
        var generator = CellGenerator(seed)
        let judge = CellJudge()
        for _ in 0..<1_000 {
            let cell = generator.cell()
            for codec in Self.codecs {
                guard cell.lend({ judge.hazard(of: $0, in: codec) }) == nil else { continue }
                let buffer = ByteBuffer()
                #expect(cell.lend { codec.encode($0, to: buffer) })
                let field = Array(buffer.bytes)
                guard cell != .null else {
                    #expect(field == [0xFF, 0xFF, 0xFF, 0xFF])
                    continue
                }
                #expect(Int(buffer.bytes.bigEndian(0, as: Int32.self)) == field.count - 4)
                #expect(Fixture.value(Array(field.dropFirst(4)), codec) == cell, "\(cell) in \(codec.type.sql)")
            }
        }
    }

    @Test(arguments: Seed.forThisRun(count: 8))
    func `a type that holds a class holds all of it`(seed: Seed) {
        var generator = CellGenerator(seed)
        for _ in 0..<1_000 {
            let (integer, bytes) = (generator.integer(), generator.bytes(upTo: 30))
            #expect(Fixture.hazard(.integer(integer), Fixture.codec(.bigint)) == nil)
            #expect(Fixture.hazard(.integer(integer), Fixture.codec(.numeric(precision: nil, scale: nil))) == nil)
            #expect(
                (Fixture.hazard(.integer(integer), Fixture.codec(.integer)) == nil) == (Int32(exactly: integer) != nil))
            #expect(
                (Fixture.hazard(.integer(integer), Fixture.codec(.smallint)) == nil) == (Int16(exactly: integer) != nil)
            )
            #expect(Fixture.hazard(.double(generator.double()), Fixture.codec(.double)) == nil)
            #expect(Fixture.hazard(.blob(bytes), Fixture.codec(.bytea, .blob)) == nil)
            #expect(Fixture.hazard(.text(bytes), Fixture.codec(.bytea, .text)) == nil)
            let isText = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
            #expect((Fixture.hazard(.text(bytes), Fixture.codec(.text)) == nil) == isText)
            let decimal = generator.decimal()
            let isMinusNothing = decimal.hasPrefix("-") && !decimal.contains { ("1"..."9").contains($0) }
            #expect(
                (Fixture.hazard(.string(decimal), Fixture.codec(.numeric(precision: nil, scale: nil), .text)) == nil)
                    == !isMinusNothing, "\(decimal)")
        }
    }

    @Test(arguments: Seed.forThisRun(count: 4))
    func `a double goes into a decimal only when its shortest digits are fewer than sixteen`(seed: Seed) {
        var generator = CellGenerator(seed)
        let codec = Fixture.codec(.numeric(precision: nil, scale: nil))
        for _ in 0..<2_000 {
            let value = generator.double()
            let digits = value.description.prefix { $0 != "e" }.filter(\.isNumber)
            let plain = digits.drop { $0 == "0" }.reversed().drop { $0 == "0" }
            let hazard = Fixture.hazard(.double(value), codec)
            guard value.isFinite else {
                #expect(hazard == .nonFinite)
                continue
            }
            if plain.count >= 16 { #expect(hazard == .decimalRounded, "\(value)") }
            // A whole double would come back as an integer: only those beyond a bigint are told apart.
            if plain.count < 16 { #expect((hazard == nil) == (Int64(exactly: value) == nil), "\(value)") }
        }
    }

    @Test func `fields are those of PostgreSQL's binary formats`() {
        let vectors: [(OwnedCell, ColumnCodec, String)] = [
            (.null, Fixture.codec(.bigint), "ffffffff"),
            (.integer(1), Fixture.codec(.bigint), "000000080000000000000001"),
            (.integer(.min), Fixture.codec(.bigint), "000000088000000000000000"),
            (.integer(-2), Fixture.codec(.integer), "00000004fffffffe"),
            (.integer(258), Fixture.codec(.smallint), "000000020102"),
            (.integer(1), Fixture.codec(.boolean), "0000000101"),
            (.integer(0), Fixture.codec(.boolean), "0000000100"),
            (.double(1.5), Fixture.codec(.double), "000000083ff8000000000000"),
            (.double(-0.0), Fixture.codec(.double), "000000088000000000000000"),
            (.string(""), Fixture.codec(.text), "00000000"),
            (.string("ż"), Fixture.codec(.text), "00000002c5bc"), (.string("{}"), Fixture.codec(.json), "000000027b7d"),
            (.blob([0, 255]), Fixture.codec(.bytea, .blob), "0000000200ff"),
            (.text([0, 255]), Fixture.codec(.bytea, .text), "0000000200ff"),
            (.string("2000-01-01"), Fixture.codec(.date), "0000000400000000"),
            (.string("1999-12-31"), Fixture.codec(.date), "00000004ffffffff"),
            (.string("2000-01-01 00:00:01"), Fixture.codec(.timestamp), "0000000800000000000f4240"),
            (.string("1999-12-31 23:59:59"), Fixture.codec(.timestamp), "00000008fffffffffff0bdc0"),
            (
                .string("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), Fixture.codec(.uuid),
                "000000106ba7b8109dad11d180b400c04fd430c8"
            ),
        ]
        for (cell, codec, field) in vectors {
            #expect(Fixture.field(cell, codec) == field, "\(cell) in \(codec.type.sql)")
        }
    }

    @Test func `a value without a form leaves the buffer as it was`() {
        let buffer = ByteBuffer()
        buffer.append(7 as UInt8)
        for codec in Self.codecs where codec.type != .bigint {
            #expect(
                !OwnedCell.integer(.max).lend { codec.encode($0, to: buffer) }
                    || codec.type == .numeric(precision: nil, scale: nil))
            buffer.truncate(to: 1)
            #expect(Array(buffer.bytes) == [7])
        }
    }

    @Test func `a field of the wrong length is no value`() {
        for codec in Self.codecs where ![.text, .json, .bytea].contains(codec.type) {
            #expect(Fixture.value([1, 2, 3], codec) == nil, "\(codec.type.sql)")
        }
    }
}
