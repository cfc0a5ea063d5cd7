/// Graph's application permissions that the lab knows, with the ids they have everywhere.
package enum GraphRole: String, CaseIterable, Sendable {
    case groupRead = "Group.Read.All"
    case groupReadWrite = "Group.ReadWrite.All"
    case directoryRead = "Directory.Read.All"
    case roleManagementRead = "RoleManagement.Read.Directory"
    case applicationRead = "Application.Read.All"
    case policyRead = "Policy.Read.All"
    case organizationRead = "Organization.Read.All"

    /// Graph's own application, the resource that these are permissions of.
    static let resource = "00000003-0000-0000-c000-000000000000"

    /// What a tenant's consent gives the registered application unless a test takes some of it away.
    static let usual = allCases.filter { $0 != .directoryRead }.map(\.rawValue)

    var id: String {
        switch self {
        case .groupRead: "5b567255-7703-4780-807c-7be8301ae99b"
        case .groupReadWrite: "62a82d76-70ea-41e2-9197-370581804d09"
        case .directoryRead: "7ab1d382-f21e-4acd-a863-ba3e13f7da61"
        case .roleManagementRead: "483bed4a-2ad3-4361-a73b-c83ccdbdc53c"
        case .applicationRead: "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"
        case .policyRead: "246dd0d5-5bd0-4def-940b-0421030a5b68"
        case .organizationRead: "498476ce-e0fe-48b0-b801-37ba7e2685c6"
        }
    }
}
