import Foundation
import Testing

/// Where a random test starts. As an argument of a test it is named in the failure: `SLIPWAY_SEED=42` runs that one.
package struct Seed: Codable, Hashable, Sendable, CustomStringConvertible, CustomTestStringConvertible {
    package let value: UInt64

    package init(_ value: UInt64) {
        self.value = value
    }

    package var description: String { String(value) }
    package var testDescription: String { "SLIPWAY_SEED=\(value)" }

    /// The first `count` whole numbers, or the one in `SLIPWAY_SEED`. Small numbers do: the generator mixes them well.
    package static func forThisRun(count: Int) -> [Seed] {
        guard let text = ProcessInfo.processInfo.environment["SLIPWAY_SEED"] else {
            return (1...max(count, 1)).map { Seed(UInt64($0)) }
        }
        guard let value = UInt64(text) else {
            preconditionFailure("SLIPWAY_SEED is a whole number from 0 to \(UInt64.max), not \(text)")
        }
        return [Seed(value)]
    }
}
