/// The two engines Slipway speaks.
package enum Dialect: String, CaseIterable, Sendable {
    case sqlite
    case postgres

    /// The places where one statement cannot be the same text on both; `Dialect+Differences.swift` shows all.
    package enum Fragment: Sendable, Hashable {
        /// The type of a column that holds bytes.
        case bytes
        /// The type of a column that holds a double.
        case double
        /// Keeps others from changing the rows read until the transaction ends. SQLite has one writer anyway.
        case forUpdate
        /// Skips rows another worker holds; correctness never depends on it.
        case forUpdateSkipLocked
        /// Leaves room in each page of a table for new versions of its rows.
        case roomForUpdates
        /// A plain word, the same on both.
        case word(String)
    }
}
