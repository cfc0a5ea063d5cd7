import SlipwayDomain

/// One change of a restore; its text is the item's name.
enum RestoreChange: Hashable, Sendable, CustomStringConvertible {
    /// The group is there and differs.
    case change(String)
    /// It is gone. What is made in its place has another id.
    case create(String)
    /// It was not there when the snapshot was taken.
    case remove(String)

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "change": self = .change(parts[1])
        case "create": self = .create(parts[1])
        case "remove": self = .remove(parts[1])
        default: return nil
        }
    }

    var description: String {
        switch self {
        case .change(let id): "change/\(id)"
        case .create(let id): "create/\(id)"
        case .remove(let id): "remove/\(id)"
        }
    }

    /// What brings a directory back to a snapshot, by id. Groups made since are removed only when that is asked for.
    static func all(
        to snapshot: [GroupState], from present: [GroupState], removesAdded: Bool
    ) -> [RestoreChange] {
        let there = Dictionary(present.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let nicknames = Set(present.compactMap(\.mailNickname))
        let wanted = Set(snapshot.map(\.id))
        var madeAgain: Set<String> = []
        var changes: [RestoreChange] = []
        for group in snapshot.sorted(by: { $0.id < $1.id }) {
            if let now = there[group.id] {
                if !group.changes(from: now).isEmpty { changes.append(.change(group.id)) }
            } else if let name = group.mailNickname, nicknames.contains(name) {
                // An earlier restore made it again.
                madeAgain.insert(name)
            } else {
                changes.append(.create(group.id))
            }
        }
        guard removesAdded else { return changes }
        let added = present.filter { group in
            !wanted.contains(group.id) && !(group.mailNickname.map(madeAgain.contains) ?? false)
        }
        return changes + added.map(\.id).sorted().map { .remove($0) }
    }
}
