import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct GateTests {
    @Test(arguments: Backend.enabled)
    func `a start makes a run with its holds and its first event`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let answer = try await fixture.gate().start(fixture.request())
            #expect(answer.decision == .accepted(slots: [ClaimedSlot(scope: "tenant:1", slot: 0)]))
            let run = try await fixture.run(answer.run)
            #expect(run.status == .queued)
            #expect(run.target == ["key": "all"])
            let receipt = try await fixture.events(answer.run).first?.detail
            #expect(receipt?["decision"] == "accepted")
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `the same start again names the run, and writes nothing`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let first = try await gate.start(fixture.request())
            let second = try await gate.start(fixture.request())
            guard case .deduped(let active) = second.decision else {
                Issue.record("expected deduped, got \(second.decision)")
                return
            }
            #expect(active.id == first.run)
            #expect(try await fixture.count("operation_runs") == 1)
            #expect(try await fixture.count("run_events") == 1)
        }
    }

    @Test(arguments: Backend.enabled)
    func `other work in the same scope is busy and names the holder`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let first = try await gate.start(fixture.request(key: "one"))
            let second = try await gate.start(fixture.request(key: "two"))
            guard case .scopeBusy(let holds) = second.decision else {
                Issue.record("expected scope_busy, got \(second.decision)")
                return
            }
            #expect(holds.map(\.holder.id) == [first.run])
            #expect(holds.first?.holder.since == fixture.clock.now())
            let other = try await gate.start(fixture.request(tenant: 2, key: "two"))
            #expect(other.decision.status == "accepted")
        }
    }

    @Test(arguments: Backend.enabled)
    func `a start names everything that is missing, and leaves a run that is over`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            let gate = fixture.gate()
            let missing = try await gate.start(fixture.request(DispatchFixture.connected))
            #expect(missing.decision == .blocked([Blocker(.connectionMissing)]))
            try await addConnection(7, provider: "microsoft", directory: "another", isReady: false, to: fixture)
            let request = try fixture.request(DispatchFixture.connected)
            let foreseen = try await gate.preflight(request)
            let answer = try await gate.start(request)
            let all = [Blocker(.consentMissing), Blocker(.credentialMissing), Blocker(.targetMismatch)]
            #expect(answer.decision == .blocked(all))
            #expect(foreseen.decision == answer.decision)
            #expect(foreseen.run == nil)
            let run = try await fixture.run(answer.run)
            #expect(run.machine.outcome == .blocked)
            #expect(run.machine.reason == .consentMissing)
            #expect(run.connection?.number == 7)
            #expect(try await fixture.count("run_holds") == 0)
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `of many at once one is accepted and the others name it`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            // Two gates, as of two servers.
            let gates = [fixture.gate(random: 1), fixture.gate(random: 2)]
            for round in 0..<10 {
                let request = try fixture.request(DispatchFixture.free, key: "round \(round)")
                let answers = try await withThrowingTaskGroup { group in
                    for index in 0..<50 { group.addTask { try await gates[index % 2].start(request) } }
                    return try await group.reduce(into: [StartAnswer]()) { $0.append($1) }
                }
                #expect(answers.count { $0.decision.status == "accepted" } == 1)
                #expect(answers.count { $0.decision.status == "deduped" } == 49)
                #expect(Set(answers.map(\.run)).count == 1)
            }
            #expect(try await fixture.count("operation_runs") == 10)
            try await fixture.checkInvariants()
        }
    }

    @Test(arguments: Backend.enabled)
    func `several scopes are taken together or not at all`(on backend: Backend) async throws {
        try await DispatchFixture.with(backend) { fixture in
            for connection in Int64(1)...3 {
                try await addConnection(
                    connection, provider: "test", directory: "\(connection)", isReady: true, to: fixture)
            }
            let gates = [fixture.gate(random: 1), fixture.gate(random: 2)]
            let answers = try await withThrowingTaskGroup { group in
                for index in 0..<60 {
                    let connection = try #require(ID<ProviderConnection>(Int64(index % 3 + 1)))
                    let request = try fixture.request(DispatchFixture.paired).through(connection)
                    group.addTask { try await gates[index % 2].start(request) }
                }
                return try await group.reduce(into: [StartAnswer]()) { $0.append($1) }
            }
            // The tenant's scope has two places for the three connections.
            #expect(answers.count { $0.decision.status == "accepted" } == 2)
            #expect(try await fixture.count("run_holds") == 6, "two identities, and two scopes each")
            #expect(try await fixture.count("operation_runs") == 2)
            try await fixture.checkInvariants()
        }
    }

    private func addConnection(
        _ id: Int64, provider: String, directory: String, isReady: Bool, to fixture: DispatchFixture
    ) async throws {
        try await fixture.database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO provider_connections (id, workspace_id, tenant_id, provider, entra_tenant_id,
                    display_name, is_default, status, created_at, updated_at)
                VALUES (\(id), 1, 1, \(provider), \(directory), 'Contoso', \(provider == "microsoft"),
                    \(isReady ? "connected" : "needs_consent"), 0, 0)
                """)
            guard isReady else { return }
            try transaction.execute(
                """
                INSERT INTO provider_credentials (id, provider_connection_id, payload, created_at, updated_at)
                VALUES (\(id), \(id), \([0x00] as [UInt8]), 0, 0)
                """)
        }
    }
}
