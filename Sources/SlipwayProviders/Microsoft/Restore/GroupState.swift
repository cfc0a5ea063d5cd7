import SlipwayDomain

/// What a restore brings back of a group.
struct GroupState: Hashable, Sendable {
    let id: String
    /// By the properties' names; one that was not read is not there.
    let values: [String: JSONValue]

    /// What Graph lets one set of a group that is there.
    private static let changeable = ["displayName", "description", "mailNickname", "securityEnabled", "visibility"]
    /// What it wants besides to make one.
    private static let creatable = changeable + ["mailEnabled", "groupTypes"]

    init(_ object: DirectoryObject) {
        self.init(id: object.id, body: object.body)
    }

    init(id: String, body: JSONValue) {
        self.id = id
        values = (body.objectValue ?? [:]).filter { Self.creatable.contains($0.key) }
    }

    /// What has to be set so that `other` is as this; empty when nothing has.
    func changes(from other: GroupState) -> [String: JSONValue] {
        values.filter { name, value in
            Self.changeable.contains(name) && (other.values[name] ?? .null) != value
        }
    }

    /// The body that makes the group anew: without what it did not have.
    var creation: JSONValue { .object(values.filter { $0.value != .null }) }

    var mailNickname: String? { values["mailNickname"]?.stringValue }
}
