import SlipwayProviders
import Synchronization

/// Answers each question with the next of its answers, and the last for ever.
final class ScriptedResolver: NameResolver {
    private let answers: [[IPAddress]]
    private let asked = Mutex<[String]>([])

    init(_ answers: [[String]]) {
        self.answers = answers.map { $0.compactMap { IPAddress($0) } }
    }

    /// The names that were asked for.
    var questions: [String] { asked.withLock { $0 } }

    func addresses(of name: String) async throws -> [IPAddress] {
        let number = asked.withLock {
            $0.append(name)
            return $0.count - 1
        }
        return answers.isEmpty ? [] : answers[min(number, answers.count - 1)]
    }
}

/// Never answers, and leaves when it is told to.
struct SilentResolver: NameResolver {
    func addresses(of name: String) async throws -> [IPAddress] {
        let (silence, end) = AsyncStream<Void>.makeStream()
        for await _ in silence {}
        end.finish()
        throw CancellationError()
    }
}
