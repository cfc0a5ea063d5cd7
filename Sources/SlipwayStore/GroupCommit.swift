/// Lets work that arrives together share a transaction: each caller is answered after the commit that holds its work.
///
/// The first to come leads: it takes along whoever waits by then, commits, answers them, and leaves the lead to the
/// next in line. Alone, a caller waits for nobody.
package actor GroupCommit<Work: Sendable, Answer: Sendable> {
    private enum Turn {
        case answered(Answer)
        case lead
    }

    private struct Waiter {
        let work: Work
        let turn: CheckedContinuation<Turn, any Error>
    }

    private let limit: Int
    private let lanes: Int
    private let commit: @Sendable ([Work]) async throws -> [Answer]
    private var waiting: [Waiter] = []
    private var leading = 0
    /// How many shared the last transaction.
    private var lastCount = 1

    /// `commit` answers each piece of work in its place, or throws for all of them. At most `limit` share a
    /// transaction, and at most `lanes` transactions are under way at once.
    package init(limit: Int, lanes: Int = 1, commit: @escaping @Sendable ([Work]) async throws -> [Answer]) {
        precondition(limit > 0 && lanes > 0, "a group has room for one, and one to lead it")
        self.limit = limit
        self.lanes = lanes
        self.commit = commit
    }

    package func submit(_ work: Work) async throws -> Answer {
        if leading < lanes {
            leading += 1
            await gather()
            return try await lead(work)
        }
        let turn = try await withCheckedThrowingContinuation { waiting.append(Waiter(work: work, turn: $0)) }
        switch turn {
        case .answered(let answer): return answer
        case .lead: return try await lead(work)
        }
    }

    /// Those who were answered together come back together: who comes first lets the others in, as long as more come
    /// and they are fewer than last time. Whoever was alone last time waits for nobody.
    private func gather() async {
        var seen = -1
        while waiting.count > seen, waiting.count + 1 < lastCount {
            seen = waiting.count
            await Task.yield()
        }
    }

    private func lead(_ own: Work) async throws -> Answer {
        let others = Array(waiting.prefix(limit - 1))
        waiting.removeFirst(others.count)
        lastCount = others.count + 1
        defer { leaveLead() }
        do {
            let answers = try await commit([own] + others.map(\.work))
            precondition(answers.count == others.count + 1, "each piece of work has its answer")
            for (other, answer) in zip(others, answers.dropFirst()) { other.turn.resume(returning: .answered(answer)) }
            return answers[0]
        } catch is CancellationError {
            // Only the one who led was cancelled: the others go on without him.
            waiting.insert(contentsOf: others, at: 0)
            throw CancellationError()
        } catch {
            for other in others { other.turn.resume(throwing: error) }
            throw error
        }
    }

    private func leaveLead() {
        if waiting.isEmpty {
            leading -= 1
        } else {
            waiting.removeFirst().turn.resume(returning: .lead)
        }
    }
}
