import SlipwayDomain
import SlipwayTesting
import Testing

@Suite struct RetryPolicyTests {
    @Test(arguments: Seed.forThisRun(count: 20))
    func `a pause grows, stays between half and whole, and ends with the attempts`(seed: Seed) {
        var random = SeededGenerator(seed)
        let policy = RetryPolicy(attempts: 60, firstPauseMilliseconds: 100, longestPauseMilliseconds: 5000)
        for attempt in 1..<60 {
            let whole = min(100 << min(attempt - 1, 20), 5000)
            let pause = policy.pauseMilliseconds(after: attempt, random: random.next())
            #expect(pause.map { (whole / 2...whole).contains($0) } == true)
            #expect(policy.pauseMilliseconds(after: attempt, asked: 60_000, random: random.next()) == 60_000)
        }
        #expect(policy.pauseMilliseconds(after: 60, random: 1) == nil)
    }
}
