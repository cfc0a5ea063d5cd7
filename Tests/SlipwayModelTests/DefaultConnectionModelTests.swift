import SlipwayTesting
import Testing

/// Writers that make connections the default, a statement a step, in any order; rows are locked as both engines lock them.
///
/// Each writer takes the tenant's lock, clears the other defaults, sets its own and commits. At every commit exactly one
/// is the default. Without the lock the same steps end with none or with two: then the index is what refuses.
@Suite(.timeLimit(.minutes(15))) struct DefaultConnectionModelTests {
    private enum Step { case lock, clear, set, commit }

    private struct Writer {
        var step = Step.lock
        var target = 0
        /// What the writer has changed and not committed: by connection.
        var changes: [Int: Bool] = [:]
    }

    private struct Model {
        var committed: [Bool]
        var writers: [Writer]
        var lockedBy: Int?
        var changes = 0
        var violations = 0
        let locks: Bool

        init(connections: Int, writers: Int, locks: Bool) {
            committed = [true] + Array(repeating: false, count: connections - 1)
            self.writers = Array(repeating: Writer(), count: writers)
            self.locks = locks
        }

        /// One step of a writer; nothing when it waits for the lock.
        mutating func step(_ number: Int, using random: inout SeededGenerator) {
            switch writers[number].step {
            case .lock:
                guard !locks || lockedBy == nil else { return }
                if locks { lockedBy = number }
                writers[number].target = Int.random(in: committed.indices, using: &random)
                writers[number].changes = [:]
                writers[number].step = .clear
            case .clear:
                for index in committed.indices where committed[index] && index != writers[number].target {
                    writers[number].changes[index] = false
                }
                writers[number].step = .set
            case .set:
                let target = writers[number].target
                if !committed[target] { writers[number].changes[target] = true }
                writers[number].step = .commit
            case .commit:
                for (index, value) in writers[number].changes { committed[index] = value }
                if committed.count(where: { $0 }) != 1 { violations += 1 }
                changes += 1
                if locks { lockedBy = nil }
                writers[number].step = .lock
            }
        }
    }

    private static func run(_ seed: Seed, changes: Int, locks: Bool) -> Model {
        var random = SeededGenerator(seed)
        var model = Model(connections: 8, writers: 6, locks: locks)
        while model.changes < changes {
            model.step(Int.random(in: model.writers.indices, using: &random), using: &random)
        }
        return model
    }

    @Test(arguments: Seed.forThisRun(count: 4))
    func `at each of a million commits exactly one is the default`(_ seed: Seed) {
        #expect(Self.run(seed, changes: 250_000, locks: true).violations == 0)
    }

    @Test(arguments: Seed.forThisRun(count: 1))
    func `without the tenant's lock it is not so`(_ seed: Seed) {
        #expect(Self.run(seed, changes: 10_000, locks: false).violations > 0)
    }
}
