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
        /// The type and constraint of a column that is the whole key, and an integer. In SQLite this very spelling makes
        /// it the row's place in the table; any other costs a second tree.
        case key
        /// Keeps a table's rows by its key alone, for one whose rows are short. PostgreSQL always keeps both.
        case inKeyOrder
        /// A plain word, the same on both.
        case word(String)
    }
}
