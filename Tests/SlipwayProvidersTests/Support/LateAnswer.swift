import Synchronization

/// An answer that comes too late, without a clock: the lab holds it back, and whoever waits for it is told that their
/// time is over. Each answer that is held back is told to one who waits.
final class LateAnswer: Sendable {
    private struct State {
        /// Held back, and nobody was told yet.
        var untold = 0
        var number = 0
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
        var held: [AsyncStream<Void>.Continuation] = []
        var isOver = false
    }

    private let state = Mutex(State())

    /// The lab's side: returns when the test is over.
    func hold() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let told = state.withLock { state in
            if state.isOver { continuation.finish() } else { state.held.append(continuation) }
            let waiter = state.waiting.keys.min().flatMap { state.waiting.removeValue(forKey: $0) }
            if waiter == nil { state.untold += 1 }
            return waiter
        }
        told?.finish()
        for await _ in stream {}
    }

    /// The caller's side: returns once an answer is held back, or the task is cancelled.
    func isHeld() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let number = state.withLock { state in
            state.number += 1
            if state.untold > 0 {
                state.untold -= 1
                continuation.finish()
            } else {
                state.waiting[state.number] = continuation
            }
            return state.number
        }
        for await _ in stream {}
        state.withLock { _ = $0.waiting.removeValue(forKey: number) }
    }

    /// Returns when the test is over, or the task is cancelled.
    func isOver() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        state.withLock { state in
            if state.isOver { continuation.finish() } else { state.held.append(continuation) }
        }
        for await _ in stream {}
    }

    /// Lets everything that is held back go.
    func end() {
        let all = state.withLock { state in
            state.isOver = true
            defer { state.held = [] }
            return state.held
        }
        for one in all { one.finish() }
    }
}
