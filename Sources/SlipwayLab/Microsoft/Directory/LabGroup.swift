import SlipwayDomain

/// A group of a stood-in directory.
package struct LabGroup: Hashable, Sendable {
    package let id: String
    /// Its place in the order in which groups were made; never used twice in a tenant.
    let serial: Int
    /// The tenant's version when it was last changed.
    var version: Int
    package var displayName: String
    package var description: String?
    package var mailNickname: String
    package var mailEnabled = false
    package var securityEnabled = true
    package var visibility: String?
    package var groupTypes: [String] = []
    let createdDateTime: String

    /// Nil for a property that groups do not have.
    func value(_ property: String) -> JSONValue? {
        switch property {
        case "id": .string(id)
        case "displayName": .string(displayName)
        case "description": description.map { .string($0) } ?? .null
        case "mailNickname": .string(mailNickname)
        case "mailEnabled": .bool(mailEnabled)
        case "securityEnabled": .bool(securityEnabled)
        case "visibility": visibility.map { .string($0) } ?? .null
        case "groupTypes": .array(groupTypes.map { .string($0) })
        case "createdDateTime": .string(createdDateTime)
        case "deletedDateTime": .null
        default: nil
        }
    }

    static let properties = [
        "id", "displayName", "description", "mailNickname", "mailEnabled", "securityEnabled", "visibility",
        "groupTypes", "createdDateTime", "deletedDateTime",
    ]
}
