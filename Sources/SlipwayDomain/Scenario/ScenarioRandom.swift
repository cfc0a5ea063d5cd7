/// SplitMix64 started from a seed, a stream and a position, so that any row can be made alone and comes out the
/// same on every machine.
package struct ScenarioRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64, stream: UInt64 = 0, position: Int = 0) {
        let start = Self.mixed(seed &+ stream &* 0xD1B5_4A32_D192_ED03)
        state = Self.mixed(start ^ UInt64(truncatingIfNeeded: position) &* 0x9E37_79B9_7F4A_7C15)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// A number from 0 up to, without, `bound`, which must be positive. Its bias is below one in 2³².
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    package mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[below(choices.count)]
    }

    /// True once in `times`, on average.
    package mutating func once(in times: Int) -> Bool {
        below(times) == 0
    }

    /// A double with a full mantissa from `low` up to `low + width`; most need 16 or 17 digits to be written.
    package mutating func real(from low: Double, width: Double) -> Double {
        low + Double(next() >> 11) * 0x1p-53 * width
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var word = value
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
