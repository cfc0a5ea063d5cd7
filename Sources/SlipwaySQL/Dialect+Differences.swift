/// Every difference between the engines, both outputs side by side. If this grows past a screen, a statement
/// has left the common subset: rewrite the statement.
extension Dialect {
    func placeholder(_ position: Int) -> String {
        switch self {
        case .sqlite: "?\(position)"
        case .postgres: "$\(position)"
        }
    }

    func text(of fragment: Fragment) -> String {
        switch (fragment, self) {
        case (.bytes, .sqlite): "BLOB"
        case (.bytes, .postgres): "BYTEA"
        case (.double, .sqlite): "REAL"
        case (.double, .postgres): "DOUBLE PRECISION"
        case (.forUpdate, .sqlite), (.forUpdateSkipLocked, .sqlite): ""
        case (.forUpdate, .postgres): " FOR UPDATE"
        case (.forUpdateSkipLocked, .postgres): " FOR UPDATE SKIP LOCKED"
        case (.roomForUpdates, .sqlite): ""
        case (.roomForUpdates, .postgres): " WITH (fillfactor = 60)"
        case (.key, .sqlite): "INTEGER NOT NULL PRIMARY KEY"
        case (.key, .postgres): "BIGINT NOT NULL PRIMARY KEY"
        case (.inKeyOrder, .sqlite): " WITHOUT ROWID"
        case (.inKeyOrder, .postgres): ""
        case (.word(let word), _): word
        }
    }
}
