import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct SimulationTests {
    @Test(arguments: Seed.forThisRun(count: 12))
    func `whatever happens, no work is lost, doubled or left`(seed: Seed) async throws {
        try await DispatchFixture.with(.sqliteMemory) { fixture in
            var simulation = try await Simulation(fixture, seed)
            try await simulation.run(steps: 400)
        }
    }

    @Test(arguments: Backend.enabled.filter { $0 != .sqliteMemory }, Seed.forThisRun(count: 2))
    func `the same on disk and on PostgreSQL`(on backend: Backend, seed: Seed) async throws {
        try await DispatchFixture.with(backend) { fixture in
            var simulation = try await Simulation(fixture, seed)
            try await simulation.run(steps: 400)
        }
    }
}
