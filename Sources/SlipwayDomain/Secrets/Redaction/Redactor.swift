/// Takes secrets out of a text: those it was made for, by their value in every encoding they are met in, and whatever
/// has the form of one.
///
/// It holds the secrets in clear, so it lives no longer than the call it was made for, and shows nothing of itself.
package struct Redactor: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What stands where a secret stood.
    package static let mark = "‹redacted›"

    /// How long an excerpt may be, in bytes.
    package static let excerptLimit = 256

    private let values: SecretValues

    /// A secret of fewer than four bytes is not looked for: it would be found everywhere.
    package init(_ secrets: [SecretBytes] = []) {
        values = SecretValues(secrets)
    }

    package func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let found = spans(in: bytes)
        return found.isEmpty ? text : String(decoding: Self.replacing(found, in: bytes), as: UTF8.self)
    }

    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        let found = spans(in: bytes)
        return found.isEmpty ? bytes : Self.replacing(found, in: bytes)
    }

    /// The beginning of a text, as it may stand in an error or on a page: redacted first and cut then, to at most
    /// `excerptLimit` bytes and between characters, with nothing in it that moves a cursor or turns a line around.
    package func excerpt(_ text: String) -> String { excerpt(Array(text.utf8)) }

    package func excerpt(_ bytes: [UInt8]) -> String {
        let clean = String(decoding: redact(bytes), as: UTF8.self).unicodeScalars.map(Self.harmless)
        var excerpt = String.UnicodeScalarView()
        var count = 0
        for scalar in clean {
            count += UTF8.width(scalar)
            guard count <= Self.excerptLimit else { break }
            excerpt.append(scalar)
        }
        return String(excerpt)
    }

    package var description: String { Self.mark }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: [:]) }

    private func spans(in bytes: [UInt8]) -> [Range<Int>] {
        Self.merged(values.spans(in: bytes) + SecretForms.spans(in: bytes))
    }

    private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        return merged
    }

    private static func replacing(_ spans: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for span in spans {
            result += bytes[position..<span.lowerBound]
            result += mark.utf8
            position = span.upperBound
        }
        return result + bytes[position...]
    }

    /// White space becomes a space; other control and formatting characters become U+FFFD.
    private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control: [0x09, 0x0A, 0x0D].contains(scalar.value) ? " " : "\u{FFFD}"
        case .lineSeparator, .paragraphSeparator: " "
        case .format, .privateUse, .unassigned, .surrogate: "\u{FFFD}"
        default: scalar
        }
    }
}
