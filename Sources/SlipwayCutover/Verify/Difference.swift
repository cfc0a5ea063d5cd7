/// One place where the two sides do not agree.
package struct Difference: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// In the source and not in the target.
        case missing
        /// In the target and not in the source.
        case extra
        /// In both, with another value in the named column.
        case changed
    }

    package var kind: Kind
    package var table: String
    package var tenant: String
    package var key: String
    /// The column for `changed`, nil for whole rows.
    package var column: String?
    /// What each side holds, as shapes: never a whole value.
    package var source: String?
    package var target: String?

    package var description: String {
        let place = "\(table) [\(tenant.isEmpty ? "all tenants" : tenant)] \(key)"
        switch kind {
        case .missing: return "\(place): in the source, not in the target"
        case .extra: return "\(place): in the target, not in the source"
        case .changed:
            return "\(place): \(column ?? "?") is \(source ?? "?") in the source, \(target ?? "?") in the target"
        }
    }
}
