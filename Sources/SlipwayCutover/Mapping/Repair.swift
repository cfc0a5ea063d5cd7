import SlipwaySQLite

/// What the manifest allows to be done to a value that would not arrive exactly. Values that fit are never
/// touched; each repair that was used is counted and stands in the evidence.
package enum Repair: String, CaseIterable, Hashable, Sendable {
    /// A number becomes its text; bytes that are UTF-8 become text.
    case asText = "as-text"
    /// NUL characters are dropped from a text.
    case stripNUL = "strip-nul"
    /// Bytes that are not UTF-8 become U+FFFD.
    case replaceInvalidUTF8 = "replace-invalid-utf8"
    /// A number is rounded, half to even, to the column's scale, or to an integer.
    case round
    /// Any number but 0 becomes 1.
    case truthy
    /// The value becomes NULL.
    case null
}

/// Applies a column's repairs to the values that need them.
final class Repairer {
    private let judge = CellJudge()
    private let scratch = ByteBuffer()

    /// The value itself when it fits; else what the first repairs that help make of it; nil when none helps.
    /// Bytes made here stay valid until the next call.
    func fitting(_ cell: CellValue, _ mapping: ColumnMapping) -> CellValue? {
        let codec = mapping.codec
        guard judge.hazard(of: cell, in: codec) != nil else { return cell }
        scratch.removeAll()
        var current = cell
        for repair in mapping.repairs {
            current = repaired(current, by: repair, codec.type)
            if judge.hazard(of: current, in: codec) == nil { return current }
        }
        return nil
    }

    private func repaired(_ cell: CellValue, by repair: Repair, _ type: ColumnType) -> CellValue {
        switch (repair, cell) {
        case (.null, _): return .null
        case (.asText, .integer(let value)): return text(String(value).utf8)
        case (.asText, .real(let value)): return text(value.description.utf8)
        case (.asText, .blob(let bytes)): return UTF8Text.isValid(bytes) ? .text(bytes) : cell
        case (.stripNUL, .text(let bytes)): return text(bytes.filter { $0 != 0 })
        case (.replaceInvalidUTF8, .text(let bytes)): return text(String(decoding: bytes, as: UTF8.self).utf8)
        case (.truthy, .integer(let value)): return .integer(value == 0 ? 0 : 1)
        case (.round, .real(let value)): return rounded(value, type)
        default: return cell
        }
    }

    private func rounded(_ value: Double, _ type: ColumnType) -> CellValue {
        guard value.isFinite else { return .real(value) }
        switch type {
        case .bigint, .integer, .smallint:
            return Int64(exactly: value.rounded(.toNearestOrEven)).map(CellValue.integer) ?? .real(value)
        case .numeric(_, let scale?):
            let digits = DecimalDigits(value)?.rounded(toScale: scale).text() ?? ""
            if let integer = Int64(digits) { return .integer(integer) }
            return Double(digits).map(CellValue.real) ?? .real(value)
        default: return .real(value)
        }
    }

    private func text(_ bytes: some Sequence<UInt8>) -> CellValue {
        let start = scratch.count
        for byte in bytes { scratch.append(byte) }
        return .text(scratch.bytes.slice(start, scratch.count - start))
    }
}

extension DecimalDigits {
    /// Rounded half to even on the decimal digits themselves.
    func rounded(toScale scale: Int) -> DecimalDigits {
        let surplus = self.scale - scale
        guard surplus > 0 else { return self }
        var result = self
        let kept = max(0, digits.count - surplus)
        let dropped =
            Array(repeating: UInt8(0), count: max(0, surplus - digits.count)) + digits.suffix(digits.count - kept)
        result.digits = Array(digits.prefix(kept))
        result.exponent += surplus
        let half = dropped.first.map { $0 > 5 || ($0 == 5 && dropped.dropFirst().contains { $0 != 0 }) } ?? false
        let isTie = dropped.first == 5 && !dropped.dropFirst().contains { $0 != 0 }
        if half || (isTie && (result.digits.last ?? 0) % 2 == 1) { result.increment() }
        return result
    }

    private mutating func increment() {
        var index = digits.count - 1
        while index >= 0 {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
            index -= 1
        }
        digits.insert(1, at: 0)
    }
}
