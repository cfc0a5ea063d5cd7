import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import SlipwayWeb
import Testing

/// The five people and whoever runs Slipway, at one journey by HTTP. What runs would leave is sealed by hand.
struct JourneyDesk {
    static let base = "/api/v1/journeys/demo"
    static let operatorOfTheHouse = "ops"
    let web: WebFixture

    /// Lends a desk in the seeds' starting state: the adapter is chosen, and nothing else is done.
    nonisolated(nonsending) static func with(
        _ backend: Backend = .sqliteMemory, _ body: @escaping @Sendable (JourneyDesk) async throws -> Void
    ) async throws {
        try await WebFixture.with(backend) { web in
            try await web.seedJourney()
            try await web.addMember(operatorOfTheHouse, role: "operator", tenants: nil)
            let desk = JourneyDesk(web: web)
            let chosen = try await desk.accept(.adapter, by: ScenarioActor.anna.id)
            #expect(chosen.status == 201, "\(chosen.text)")
            try await body(desk)
        }
    }

    func path(_ subject: DecisionSubject) -> String { "\(Self.base)/decisions/\(subject.rawValue)" }

    func board(_ actor: String = ScenarioActor.anna.id) async throws -> JSONValue {
        let answer = try await web.get(Self.base + "/board", actor: actor)
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(answer.json)
    }

    /// What somebody is shown of a decision.
    func shown(_ subject: DecisionSubject, to actor: String) async throws -> JSONValue {
        try #require(try await web.get(path(subject), actor: actor).json)
    }

    /// Looks at a decision, and accepts what was seen.
    func accept(_ subject: DecisionSubject, by actor: String) async throws -> WebFixture.Answer {
        let seen = try #require(try await shown(subject, to: actor)["digest"])
        return try await decide(subject, by: actor, body(subject, seen: seen))
    }

    func body(_ subject: DecisionSubject, seen: JSONValue) -> JSONValue {
        let fields = subject.fields.map { name -> (String, JSONValue) in
            (name, name == "adapter" ? "db-auth-session-adapter" : "named")
        }
        return [
            "verdict": "accepted", "seen": seen, "fields": .object(Dictionary(uniqueKeysWithValues: fields)),
        ]
    }

    func decide(_ subject: DecisionSubject, by actor: String, _ body: JSONValue) async throws -> WebFixture.Answer {
        web.fixture.clock.advance(seconds: 1)
        return try await web.post(path(subject), body, actor: actor)
    }

    /// Follows the board's next action until it is a go; returns what was done.
    func walk(limit: Int = 40) async throws -> [String] {
        var done: [String] = []
        while done.count < limit {
            let board = try await board()
            guard board["verdict"]?["isGo"] != true else { break }
            let action = try #require(board["next"]?["action"]?.stringValue)
            try await perform(ActionID(rawValue: action), provides: board["next"]?["provides"])
            done.append(action)
        }
        return done
    }

    private func perform(_ action: ActionID, provides: JSONValue?) async throws {
        switch action {
        case "record_connection": try await connect()
        case "run_dry_run": try await dryRun()
        case "drill_restore": try await drill()
        case "wiring_preflight": try await wire()
        default:
            let check = try #require(provides?.arrayValue?.first?.stringValue)
            let subject = try #require(DecisionSubject(rawValue: check))
            let owner = try #require(try await shown(subject, to: ScenarioActor.anna.id)["owner"]?.stringValue)
            let signers = [owner] + (subject.signatures == 2 ? [ScenarioActor.marek.id] : [])
            for signer in signers {
                let name = signer == JourneyRecord.platformOperator ? Self.operatorOfTheHouse : signer
                let taken = try await accept(subject, by: name)
                #expect(taken.status == 201, "\(subject) by \(name): \(taken.text)")
            }
        }
    }
}
