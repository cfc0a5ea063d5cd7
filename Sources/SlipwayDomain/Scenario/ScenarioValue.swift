/// A value of a scenario row, in the kinds that SQLite stores.
package enum ScenarioValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    static func flag(_ value: Bool) -> ScenarioValue { .integer(value ? 1 : 0) }

    static func number(_ value: Int) -> ScenarioValue { .integer(Int64(value)) }

    static func optional(_ text: String?) -> ScenarioValue { text.map(ScenarioValue.text) ?? .null }

    /// Money with at most two decimals: the double nearest to it, whose shortest form is the amount itself.
    static func money(cents: Int) -> ScenarioValue { .real(Double(cents) / 100) }
}
