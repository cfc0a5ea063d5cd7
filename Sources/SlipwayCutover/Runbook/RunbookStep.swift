/// One thing done to the target: committed whole, recorded with what it did, never done twice.
package struct RunbookStep: Sendable, Hashable {
    package enum Phase: Int, Sendable, Hashable, Comparable {
        /// Before rows: schema, tables, row-level security.
        case structure
        /// After a table's rows: its key and indexes.
        case keys
        /// After all rows: foreign keys, sequences, rights.
        case relations

        package static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    package var id: String
    package var phase: Phase
    /// Target tables whose FORCE is lifted inside the step's transaction, because the statement reads rows.
    package var tables: [String]
    package var statements: [String]
}
