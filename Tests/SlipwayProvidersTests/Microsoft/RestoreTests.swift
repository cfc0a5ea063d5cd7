import SlipwayDomain
import SlipwayLab
import Testing

@Suite(.timeLimit(.minutes(15))) struct RestoreTests {
    private static let operation = "restore.execute"

    /// Syncs, lets `change` happen, and hands over the ids as they were.
    private static func changed(
        _ fixture: LabFixture, _ change: @Sendable (inout LabTenant, [String]) -> Void
    ) async throws -> [LabGroup] {
        _ = try await fixture.perform("directory.groups.sync", "all_groups_v1")
        let before = fixture.directory.groups
        fixture.microsoft.change(fixture.directory.id) { change(&$0, before.map(\.id)) }
        return before
    }

    @Test func `the plan names what differs and changes nothing`() async throws {
        try await LabFixture.with { fixture in
            let before = try await Self.changed(fixture) { tenant, ids in
                _ = tenant.change(ids[2]) { $0.displayName = "Інша" }
                _ = tenant.remove(ids[5])
            }
            let after = fixture.directory.groups
            let expected = ["change/\(before[2].id)", "create/\(before[5].id)"]
            #expect(try await fixture.plan(Self.operation).sorted() == expected.sorted())
            #expect(fixture.directory.groups == after)
        }
    }

    @Test func `a restore brings groups back, and a second has nothing to do`() async throws {
        try await LabFixture.with { fixture in
            let before = try await Self.changed(fixture) { tenant, ids in
                _ = tenant.change(ids[1]) {
                    $0.displayName = "Autre"
                    $0.description = nil
                }
                _ = tenant.change(ids[2]) { $0.visibility = $0.visibility == "Public" ? "Private" : "Public" }
                _ = tenant.remove(ids[5])
            }
            for item in try await fixture.plan(Self.operation) {
                #expect(try await fixture.observe(Self.operation, item) == .notDone)
                #expect(try await fixture.perform(Self.operation, item).status == .succeeded)
                #expect(try await fixture.observe(Self.operation, item) == .done)
            }
            let after = fixture.directory.groups
            #expect(after.first { $0.id == before[1].id }?.displayName == before[1].displayName)
            #expect(after.first { $0.id == before[1].id }?.description == before[1].description)
            #expect(after.first { $0.id == before[2].id }?.visibility == before[2].visibility)
            let again = try #require(after.first { $0.mailNickname == before[5].mailNickname })
            #expect(again.displayName == before[5].displayName)
            #expect(again.groupTypes == before[5].groupTypes)
            #expect(try await fixture.plan(Self.operation).isEmpty)
        }
    }

    @Test func `groups made since stay, unless they are to be removed`() async throws {
        try await LabFixture.with { fixture in
            _ = try await Self.changed(fixture) { _, _ in }
            let before = fixture.directory.groups
            let added = try #require(fixture.microsoft.addGroup(named: "новий", to: fixture.directory.id))
            #expect(try await fixture.plan(Self.operation).isEmpty)
            let target = ["remove_added": "true"]
            #expect(try await fixture.plan(Self.operation, target) == ["remove/\(added)"])
            _ = try await fixture.perform(Self.operation, "remove/\(added)", target)
            #expect(fixture.directory.groups.map(\.id) == before.map(\.id))
            #expect(try await fixture.observe(Self.operation, "remove/\(added)", target) == .done)
            // Gone already is as good.
            #expect(try await fixture.perform(Self.operation, "remove/\(added)", target).status == .succeeded)
        }
    }

    @Test func `what is made twice is one group`() async throws {
        try await LabFixture.with { fixture in
            let before = try await Self.changed(fixture) { tenant, ids in _ = tenant.remove(ids[0]) }
            let item = "create/\(before[0].id)"
            _ = try await fixture.perform(Self.operation, item)
            _ = try await fixture.perform(Self.operation, item)
            let made = fixture.directory.groups.filter { $0.mailNickname == before[0].mailNickname }
            #expect(made.count == 1)
        }
    }

    @Test func `without a snapshot there is nothing to restore`() async throws {
        try await LabFixture.with { fixture in
            let failure = try await fixture.failure { _ = try await fixture.plan(Self.operation) }
            guard case .terminal(.evidenceMissing, _)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }
}
