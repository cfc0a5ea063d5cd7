import SlipwayDomain

/// What a request's body sets of a group. A member that groups do not have, or that cannot be set, is named.
struct GroupChange: Sendable {
    private var members: [String: JSONValue] = [:]

    enum Refusal: Error, Hashable {
        case notAnObject
        case property(String)
        case missing(String)
    }

    private static let settable: Set = [
        "displayName", "description", "mailNickname", "mailEnabled", "securityEnabled", "visibility", "groupTypes",
    ]

    init(_ json: JSONValue?) throws(Refusal) {
        guard let members = json?.objectValue else { throw .notAnObject }
        for (name, value) in members.sorted(by: { $0.key < $1.key })
        where !Self.settable.contains(name) || !Self.isRight(value, for: name) {
            throw .property(name)
        }
        self.members = members
    }

    /// What a new group has to bring.
    func checkIsWhole() throws(Refusal) {
        for name in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] where members[name] == nil {
            throw .missing(name)
        }
    }

    func apply(to group: inout LabGroup) {
        for (name, value) in members {
            switch name {
            case "displayName": group.displayName = value.stringValue ?? ""
            case "description": group.description = value.stringValue
            case "mailNickname": group.mailNickname = value.stringValue ?? ""
            case "mailEnabled": group.mailEnabled = value.boolValue ?? false
            case "securityEnabled": group.securityEnabled = value.boolValue ?? false
            case "visibility": group.visibility = value.stringValue
            default: group.groupTypes = value.arrayValue?.compactMap(\.stringValue) ?? []
            }
        }
    }

    private static func isRight(_ value: JSONValue, for name: String) -> Bool {
        switch name {
        case "displayName": value.stringValue.map { !$0.isEmpty && $0.unicodeScalars.count <= 256 } ?? false
        case "mailNickname": value.stringValue.map { !$0.isEmpty } ?? false
        case "mailEnabled", "securityEnabled": value.boolValue != nil
        case "groupTypes": value.arrayValue.map { $0.allSatisfy { $0.stringValue != nil } } ?? false
        default: value == .null || value.stringValue != nil
        }
    }
}
