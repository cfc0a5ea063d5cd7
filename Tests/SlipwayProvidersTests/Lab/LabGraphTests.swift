import SlipwayDomain
import SlipwayLab
import Testing

@Suite(.timeLimit(.minutes(15))) struct LabGraphTests {
    @Test func `a seed makes the same directory each time, and another seed another`() {
        let seed = DirectorySeed(seed: 9, tenants: 2, groups: 40)
        #expect(seed.tenant(1).groups == seed.tenant(1).groups)
        #expect(seed.tenant(0).groups.map(\.id) != seed.tenant(1).groups.map(\.id))
        #expect(DirectorySeed(seed: 8, groups: 40).tenant(0).id != seed.tenant(0).id)
        #expect(Set(seed.tenant(0).groups.map(\.id)).count == 40)
    }

    @Test func `pages have the size asked for, and together everything once`() async throws {
        let lab = LabMicrosoft()
        let walk = try await lab.walk("groups", query: ["$top": "3", "$select": "displayName"])
        #expect(walk.pages.map(\.count) == [3, 3, 1])
        let names = walk.pages.joined().compactMap { $0["displayName"]?.stringValue }
        #expect(names == lab.tenant.groups.map(\.displayName))
        #expect(walk.pages.joined().allSatisfy { $0.objectValue?.count == 1 })
    }

    @Test func `a delta tells everything, then what changed and what went, and then nothing`() async throws {
        let lab = LabMicrosoft()
        let size = ["prefer": "odata.maxpagesize=4"]
        let first = try await lab.walk("groups/delta", query: ["$select": "displayName"], headers: size)
        #expect(first.pages.map(\.count) == [4, 3])
        let ids = lab.tenant.groups.map(\.id)
        _ = try await lab.graph("PATCH", "groups/\(ids[1])", json: ["displayName": "Новий"])
        _ = try await lab.graph("DELETE", "groups/\(ids[5])")
        let made = try await lab.graph("POST", "groups", json: Self.group("made"))
        let second = try await lab.walk("groups/delta", query: LabMicrosoft.query(of: first.delta ?? ""))
        let rows = second.pages.joined()
        #expect(rows.count == 3)
        #expect(rows.contains(["id": .string(ids[1]), "displayName": "Новий"]))
        #expect(rows.contains(["id": .string(ids[5]), "@removed": ["reason": "changed"]]))
        #expect(rows.contains { $0["id"] == made.json?["id"] })
        let third = try await lab.walk("groups/delta", query: LabMicrosoft.query(of: second.delta ?? ""))
        #expect(third.pages.map(\.count) == [0])
    }

    @Test func `whoever asks for changes that are forgotten is told to start over`() async throws {
        let lab = LabMicrosoft()
        let first = try await lab.walk("groups/delta")
        #expect(try await lab.ask("POST", "microsoft/lab/forget-changes").status == 204)
        let answer = try await lab.graph("groups/delta", query: LabMicrosoft.query(of: first.delta ?? ""))
        #expect(answer.status == 410)
        #expect(answer.json?["error"]?["code"]?.stringValue == "syncStateNotFound")
        #expect(try await lab.graph("groups/delta").status == 200)
    }

    @Test func `an error has Graph's envelope, and every answer a number`() async throws {
        let lab = LabMicrosoft()
        let missing = try await lab.graph("groups/00000000-0000-4000-8000-000000000000")
        #expect(missing.status == 404)
        let error = try #require(missing.json?["error"])
        #expect(error["code"]?.stringValue == "Request_ResourceNotFound")
        #expect(error["innerError"]?["request-id"]?.stringValue == missing.headers["request-id"])
        #expect(error["innerError"]?["date"]?.stringValue == "2030-01-01T00:00:00")
        let other = try await lab.graph("groups")
        #expect(other.headers["request-id"]?.count == 36)
        #expect(other.headers["request-id"] != missing.headers["request-id"])
    }

    @Test(arguments: [
        ("groups", ["$top": "1000"]), ("groups", ["$orderby": "displayName"]), ("groups", ["$select": "colour"]),
        ("groups", ["$filter": "displayName startswith 'A'"]), ("groups/delta", ["$top": "5"]), ("nothing", [:]),
    ])
    func `what is not understood is refused`(_ path: String, _ query: [String: String]) async throws {
        #expect(try await LabMicrosoft().graph(path, query: query).status == 400)
    }

    @Test(
        arguments: [
            ["displayName": ""], ["mailNickname": 1], ["id": "other"], ["securityEnabled": "yes"], [],
        ] as [JSONValue])
    func `a group is not changed by a body that is wrong`(_ body: JSONValue) async throws {
        let lab = LabMicrosoft()
        let before = lab.tenant.groups
        let answer = try await lab.graph("PATCH", "groups/\(before[0].id)", json: body)
        #expect(answer.status == 400)
        #expect(lab.tenant.groups == before)
    }

    @Test func `consent shows as assignments of Graph's roles to the application`() async throws {
        let lab = LabMicrosoft()
        lab.microsoft.change(lab.tenant.id) { $0.grants = ["Group.Read.All", "Application.Read.All"] }
        let filter = "appId eq '\(lab.microsoft.application.clientID)'"
        let found = try await lab.graph("servicePrincipals", query: ["$filter": filter]).json?["value"]?.arrayValue
        #expect(found?.count == 1)
        let id = try #require(found?.first?["id"]?.stringValue)
        let roles = try await lab.graph("servicePrincipals/\(id)/appRoleAssignments").json?["value"]?.arrayValue
        #expect(
            roles?.compactMap { $0["appRoleId"]?.stringValue } == [
                "5b567255-7703-4780-807c-7be8301ae99b", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
            ])
    }

    static func group(_ name: String) -> JSONValue {
        ["displayName": .string(name), "mailEnabled": false, "mailNickname": .string(name), "securityEnabled": true]
    }
}
