import SlipwayDomain
import SlipwayLab
import Testing

@Suite(.timeLimit(.minutes(15))) struct SyncTests {
    private static let groups = "directory.groups.sync"
    private static let all = "all_groups_v1"

    static func copy(_ collection: DirectoryCollection, _ selection: String) -> DirectoryCopy {
        DirectoryCopy(
            tenant: TestIDs.tenant, connection: TestIDs.connection, collection: collection, selection: selection)
    }

    private static func names(_ fixture: LabFixture) -> [String: String] {
        Dictionary(fixture.directory.groups.map { ($0.id, $0.displayName) }, uniquingKeysWith: { $1 })
    }

    @Test func `a first sync brings everything, and later ones what changed`() async throws {
        try await LabFixture.with(DirectorySeed(tenants: 2, groups: 2100)) { fixture in
            #expect(try await fixture.plan(Self.groups) == [Self.all])
            let first = try await fixture.perform(Self.groups, Self.all)
            #expect(first.facts["pages"] == 3)
            #expect(first.facts["there"] == 2100)
            #expect(first.facts["whole"] == true)
            let copy = Self.copy(.groups, Self.all)
            #expect(fixture.records.names(of: copy) == Self.names(fixture))
            let ids = fixture.directory.groups.map(\.id)
            fixture.microsoft.change(fixture.directory.id) { tenant in
                _ = tenant.change(ids[3]) { $0.displayName = "Змінено" }
                _ = tenant.remove(ids[4])
            }
            let second = try await fixture.perform(Self.groups, Self.all)
            #expect(second.facts["pages"] == 1)
            #expect(second.facts["brought"] == 1)
            #expect(second.facts["removed"] == 1)
            #expect(second.facts["whole"] == false)
            #expect(fixture.records.names(of: copy) == Self.names(fixture))
        }
    }

    @Test func `a provider that forgot where the sync was is read whole, and what went meanwhile is gone`() async throws
    {
        try await LabFixture.with { fixture in
            _ = try await fixture.perform(Self.groups, Self.all)
            let ids = fixture.directory.groups.map(\.id)
            fixture.microsoft.change(fixture.directory.id) { tenant in
                _ = tenant.remove(ids[0])
                tenant.forgetChanges()
            }
            let result = try await fixture.perform(Self.groups, Self.all)
            #expect(result.facts["started_over"] == true)
            #expect(result.facts["whole"] == true)
            #expect(fixture.records.names(of: Self.copy(.groups, Self.all)) == Self.names(fixture))
        }
    }

    @Test func `an attempt goes on where the one before it stopped`() async throws {
        try await LabFixture.with(DirectorySeed(tenants: 1, groups: 3000)) { fixture in
            let path = "/microsoft/v1.0/groups"
            fixture.lab.faults.add(FaultRule(.tooManyRequests, path: path, skip: 2, retryAfterSeconds: 7))
            let failure = try await fixture.failure { _ = try await fixture.perform(Self.groups, Self.all) }
            #expect(failure == .transient(.rateLimited, pauseMilliseconds: 7000))
            #expect(fixture.records.pages == 2)
            let result = try await fixture.perform(Self.groups, Self.all)
            #expect(fixture.records.pages == 4)
            #expect(result.facts["there"] == 3000)
            #expect(fixture.records.names(of: Self.copy(.groups, Self.all)) == Self.names(fixture))
        }
    }

    @Test func `a selection nobody knows is not planned`() async throws {
        try await LabFixture.with { fixture in
            let failure = try await fixture.failure {
                _ = try await fixture.plan(Self.groups, ["selection_key": "some"])
            }
            #expect(failure == .terminal(.providerRefused, detail: "there is no selection some"))
        }
    }

    @Test func `roles, applications and policies are brought whole`() async throws {
        try await LabFixture.with { fixture in
            let (directory, records) = (fixture.directory, fixture.records)
            for (operation, collection) in [
                ("directory.role_definitions.sync", DirectoryCollection.roleDefinitions),
                ("inventory.sync", .servicePrincipals),
            ] {
                let items = try await fixture.plan(operation)
                #expect(items == [collection.rawValue])
                let result = try await fixture.perform(operation, collection.rawValue)
                let all = collection == .roleDefinitions ? directory.roleDefinitions : directory.servicePrincipals
                #expect(result.facts["there"] == .integer(Int64(all.count)))
                let names = records.names(of: Self.copy(collection, collection.rawValue)).values.sorted()
                #expect(names == all.compactMap { $0["displayName"]?.stringValue }.sorted())
            }
        }
    }

    @Test func `a snapshot of policies has a digest that changes when a policy does`() async throws {
        try await LabFixture.with { fixture in
            let operation = "compliance.snapshot"
            let items = try await fixture.plan(operation)
            #expect(items == ["authorization_policy", "conditional_access_policies"])
            var digests: [[JSONValue?]] = []
            for _ in 0..<2 {
                var round: [JSONValue?] = []
                for item in items { round.append(try await fixture.perform(operation, item).facts["sha256"]) }
                digests.append(round)
                fixture.microsoft.change(fixture.directory.id) { tenant in
                    tenant.setPolicy("identity/conditionalAccess/policies", [["id": "a", "displayName": "Лише одна"]])
                }
            }
            #expect(digests[0][0] == digests[1][0])
            #expect(digests[0][1] != digests[1][1])
            let names = fixture.records.names(of: Self.copy(.policies, items[1]))
            #expect(names == ["a": "Лише одна"])
        }
    }

    @Test func `what one may not read is a permission that is missing`() async throws {
        try await LabFixture.with { fixture in
            fixture.microsoft.change(fixture.directory.id) { $0.grants = [] }
            for (operation, item) in [
                (Self.groups, Self.all), ("inventory.sync", "service_principals"),
                ("compliance.snapshot", "authorization_policy"),
            ] {
                let failure = try await fixture.failure { _ = try await fixture.perform(operation, item) }
                guard case .terminal(.permissionMissing, let detail)? = failure else {
                    Issue.record("\(operation): \(String(describing: failure))")
                    continue
                }
                #expect(detail?.hasPrefix("403 Authorization_RequestDenied request-id ") == true)
            }
        }
    }
}
