import SlipwayDomain
import SlipwayEngine
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

/// Who is gone, as far as one process can tell.
@Suite struct LookoutTests {
    @Test func `beats that stand still for a whole lease mean gone, and not before`() async throws {
        var lookout = Lookout(leaseMilliseconds: 9000)
        #expect(try await gone(&lookout, beats: 1, second: 0).isEmpty)
        #expect(try await gone(&lookout, beats: 2, second: 5).isEmpty)
        #expect(try await gone(&lookout, beats: 2, second: 13).isEmpty)
        #expect(try await gone(&lookout, beats: 2, second: 14) == [1])
    }

    @Test func `a process of this machine that is not there is gone at once`() async throws {
        var lookout = Lookout(leaseMilliseconds: 9000)
        #expect(try await gone(&lookout, beats: 1, second: 0, lives: false) == [1])
        #expect(try await gone(&lookout, beats: 1, second: 1, lives: true).isEmpty)
    }

    @Test func `after a time in which nobody could look, nobody is gone for it`() async throws {
        var lookout = Lookout(leaseMilliseconds: 9000)
        #expect(try await gone(&lookout, beats: 1, second: 0).isEmpty)
        #expect(try await gone(&lookout, beats: 1, second: 60).isEmpty, "the database was away for all")
        #expect(try await gone(&lookout, beats: 1, second: 65).isEmpty)
        #expect(try await gone(&lookout, beats: 1, second: 69) == [1])
    }

    /// The numbers of the workers that are gone at a second, when worker 1 has beaten so often.
    private func gone(
        _ lookout: inout Lookout, beats: Int, second: Int64, lives: Bool? = nil
    ) async throws -> [Int64] {
        let roll = try await DispatchFixture.with(.sqliteMemory) { fixture in
            let worker = try #require(ID<Worker>(1))
            return try await fixture.database.write { transaction in
                try WorkerRoll.enter(
                    worker, host: "test", process: "1", at: Timestamp(microseconds: 0), in: transaction)
                for _ in 0..<beats { _ = try WorkerRoll.beat(worker, in: transaction) }
                return try WorkerRoll.all(in: transaction)
            }
        }
        let now = SteadyInstant(microseconds: second * 1_000_000)
        return lookout.gone(among: roll, at: now) { _ in lives }.map(\.number)
    }
}
