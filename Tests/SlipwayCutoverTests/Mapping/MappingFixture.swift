import SlipwaySQLite
import SlipwayTesting

@testable import SlipwayCutover

/// Values and codecs as the tests of the mapping write them down.
enum MappingFixture {
    /// The field that a value becomes, length included, in hex; nil when the type has no form for it.
    static func field(_ cell: OwnedCell, _ codec: ColumnCodec) -> String? {
        let buffer = ByteBuffer()
        return cell.lend { codec.encode($0, to: buffer) } ? hex(Array(buffer.bytes)) : nil
    }

    /// What a field's bytes, without the length, are read back as.
    static func value(_ bytes: [UInt8], _ codec: ColumnCodec) -> OwnedCell? {
        let scratch = ByteBuffer()
        return bytes.withUnsafeBytes { codec.decode($0, scratch: scratch).map(OwnedCell.init) }
    }

    static func hazard(_ cell: OwnedCell, _ codec: ColumnCodec) -> HazardClass? {
        cell.lend { CellJudge().hazard(of: $0, in: codec) }
    }

    static func codec(_ type: ColumnType, _ form: ColumnMapping.Form? = nil, _ format: String? = nil) -> ColumnCodec {
        let form = form ?? ColumnMapping.usualForm(of: type)
        return ColumnCodec(
            type: type, form: form, format: format.flatMap(TimestampFormat.init(manifest:)) ?? TimestampFormat())
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.filter { $0 != 0x20 }.map { $0 < 0x3A ? $0 & 0x0F : ($0 & 0x0F) + 9 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// A cell that keeps its bytes, and is compared bit by bit.
enum OwnedCell: Hashable, Sendable {
    case null
    case integer(Int64)
    /// A double by its bits: NaNs have many.
    case real(UInt64)
    case text([UInt8])
    case blob([UInt8])

    static func double(_ value: Double) -> OwnedCell { .real(value.bitPattern) }
    static func string(_ text: String) -> OwnedCell { .text(Array(text.utf8)) }

    init(_ cell: CellValue) {
        switch cell {
        case .null: self = .null
        case .integer(let value): self = .integer(value)
        case .real(let value): self = .real(value.bitPattern)
        case .text(let bytes): self = .text(Array(bytes))
        case .blob(let bytes): self = .blob(Array(bytes))
        }
    }

    func lend<Result>(_ body: (CellValue) -> Result) -> Result {
        switch self {
        case .null: body(.null)
        case .integer(let value): body(.integer(value))
        case .real(let bits): body(.real(Double(bitPattern: bits)))
        case .text(let bytes): bytes.withUnsafeBytes { body(.text($0)) }
        case .blob(let bytes): bytes.withUnsafeBytes { body(.blob($0)) }
        }
    }
}

/// Random values that lean towards the edges, where faults are.
struct CellGenerator {
    private var random: SeededGenerator

    init(_ seed: Seed) {
        random = SeededGenerator(seed)
    }

    mutating func cell() -> OwnedCell {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .null
        case 1, 2: .integer(integer())
        case 3, 4: .real(double().bitPattern)
        case 5: .string(decimal())
        case 6: .string(moment())
        case 7: .string(uuid())
        case 8: .text(bytes(upTo: 12))
        case 9: .blob(bytes(upTo: 40))
        case 10: .string(word())
        default: .string(json(depth: 0))
        }
    }

    mutating func integer() -> Int64 {
        let edges: [Int64] = [
            0, 1, -1, 2, .max, .min, 32_767, 32_768, -32_768, -32_769, 2_147_483_647, 2_147_483_648, 1 << 53,
        ]
        if Bool.random(using: &random), let edge = edges.randomElement(using: &random) { return edge }
        let bits = Int64(bitPattern: random.next())
        return bits >> Int64.random(in: 0..<64, using: &random)
    }

    /// Any bits at all, plain decimals, and the edges.
    mutating func double() -> Double {
        let edges: [Double] = [
            0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
            .leastNormalMagnitude,
            .greatestFiniteMagnitude, 0.1, 0.1 + 0.2, 1.0 / 3, 1e15, 1e16, 1e22, 1e23, 9_007_199_254_740_992, 12.345,
            1e300, 1e-300,
        ]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return edges.randomElement(using: &random) ?? 0
        case 1: return Double(bitPattern: random.next())
        case 2: return Double(Int.random(in: -99_999_999...99_999_999, using: &random)) / 100
        default: return Double(decimal()) ?? 0
        }
    }

    mutating func decimal() -> String {
        let whole = digits(Int.random(in: 1...24, using: &random))
        let trimmed = whole.drop { $0 == "0" }
        var text = (Bool.random(using: &random) ? "-" : "") + (trimmed.isEmpty ? "0" : trimmed)
        if Bool.random(using: &random) { text += "." + digits(Int.random(in: 1...24, using: &random)) }
        return text
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in
            // Zeros more often than by chance: they are where groups of four begin and end.
            Bool.random(using: &random) ? "0" : String(Int.random(in: 0...9, using: &random))
        }.joined()
    }

    mutating func moment() -> String {
        let pad = { (number: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        let date = [
            pad(Int.random(in: 0...9999, using: &random), 4), pad(Int.random(in: 0...13, using: &random), 2),
            pad(Int.random(in: 0...32, using: &random), 2),
        ].joined(separator: "-")
        if Int.random(in: 0..<4, using: &random) == 0 { return date }
        let time = [24, 60, 60].map { pad(Int.random(in: 0...$0, using: &random), 2) }.joined(separator: ":")
        let fraction = Bool.random(using: &random) ? "." + pad(Int.random(in: 0...999, using: &random), 3) : ""
        let zone = ["", "", "Z", "+00:00", "+02:00"].randomElement(using: &random) ?? ""
        return date + (Bool.random(using: &random) ? " " : "T") + time + fraction + zone
    }

    mutating func uuid() -> String {
        let hex = (0..<32).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
        var text = ""
        for (index, digit) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return Int.random(in: 0..<5, using: &random) == 0 ? text.uppercased() : text
    }

    mutating func word() -> String {
        ["", "a", "true", "zażółć", "😀", "e\u{301}", "a\0b", "\u{FEFF}", "NaN", "{}", "12", " 12", "null"]
            .randomElement(using: &random) ?? ""
    }

    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// JSON, now and then with a byte of it gone wrong.
    mutating func json(depth: Int) -> String {
        let text: String
        switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &random) {
        case 0: text = ["null", "true", "false", "{}", "[]", "\"\""].randomElement(using: &random) ?? ""
        case 1: text = decimal() + (["", "e5", "E-7", "e+300"].randomElement(using: &random) ?? "")
        case 2, 3: text = string()
        case 4: text = String(integer())
        case 5, 6:
            text =
                "["
                + (0..<Int.random(in: 0...3, using: &random)).map { _ in json(depth: depth + 1) }.joined(
                    separator: ", ") + "]"
        default:
            let members = (0..<Int.random(in: 0...3, using: &random)).map { "\"k\($0)\" :\(json(depth: depth + 1))" }
            text = "{" + members.joined(separator: ",") + "}"
        }
        return text
    }

    private mutating func string() -> String {
        let parts = [
            "a", "ż", "😀", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\u0000",
            "\\ud800", "\\udc00", "x",
        ]
        return "\""
            + (0..<Int.random(in: 0...5, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
            .joined() + "\""
    }

    /// The text with one character dropped, doubled or replaced by one that means something in JSON.
    mutating func damaged(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        guard !scalars.isEmpty else { return text }
        let place = Int.random(in: 0..<scalars.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: scalars.remove(at: place)
        case 1: scalars.insert(scalars[place], at: place)
        default:
            scalars[place] =
                Array("{}[]\",:\\-+.eE01utn \t\n\u{1}/".unicodeScalars).randomElement(using: &random) ?? "x"
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
