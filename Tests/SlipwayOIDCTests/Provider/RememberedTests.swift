import SlipwayTesting
import Testing

@testable import SlipwayOIDC

/// Fetches that are shared, with a fetch that ends when the test says so.
@Suite(.timeLimit(.minutes(15))) struct RememberedTests {
    /// Holds its first fetches until it is told to end them; all others end at once.
    actor Source {
        private(set) var loads = 0
        private let holding: Int
        private var held: [CheckedContinuation<Void, any Error>] = []

        init(holding: Int) {
            self.holding = holding
        }

        func load() async throws -> Int {
            loads += 1
            let number = loads
            if number <= holding { try await withCheckedThrowingContinuation { held.append($0) } }
            return number
        }

        /// Waits for a fetch to begin, then ends it.
        nonisolated func end(_ result: Result<Void, any Error> = .success(())) async {
            while await !endOne(result) { await Task.yield() }
        }

        private func endOne(_ result: Result<Void, any Error>) -> Bool {
            guard !held.isEmpty else { return false }
            held.removeFirst().resume(with: result)
            return true
        }
    }

    private let clock = ManualClock()

    private func remembered(_ source: Source) -> Remembered<Int> {
        Remembered(clock: clock, terms: .keys) { try await source.load() }
    }

    private func wait(for count: Int, at remembered: Remembered<Int>) async {
        while await remembered.waitingCount < count { await Task.yield() }
    }

    @Test func `all who ask while a fetch is under way get what it brings`() async throws {
        let source = Source(holding: 1)
        let remembered = remembered(source)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await remembered.current().value } }
            await wait(for: 19, at: remembered)
            await source.end()
            for try await value in group { #expect(value == 1) }
        }
        #expect(await source.loads == 1)
    }

    @Test func `a failure is shared too`() async throws {
        let source = Source(holding: 1)
        let remembered = remembered(source)
        let error = ProviderUnavailable(.keys, .timedOut)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { await #expect(throws: error) { _ = try await remembered.current() } }
            }
            await wait(for: 19, at: remembered)
            await source.end(.failure(error))
        }
        #expect(await source.loads == 1)
    }

    @Test func `who is cancelled takes nobody along`() async throws {
        let source = Source(holding: 2)
        let remembered = remembered(source)
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<5 { group.addTask { try? await remembered.current().value } }
            await wait(for: 4, at: remembered)
            await source.end(.failure(CancellationError()))
            await source.end()
            var values: [Int?] = []
            for try await value in group { values.append(value) }
            #expect(values.count { $0 == 2 } == 4)
            #expect(values.count { $0 == nil } == 1)
        }
        #expect(await source.loads == 2)
    }

    @Test func `a clock that was set back makes a copy old, not young for ever`() async throws {
        let source = Source(holding: 2)
        let remembered = remembered(source)
        async let first = remembered.current().value
        await source.end()
        #expect(try await first == 1)
        clock.jump(seconds: -1)
        async let second = remembered.current().value
        await source.end()
        #expect(try await second == 2)
    }
}
