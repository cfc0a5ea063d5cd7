import Foundation
import SlipwayDomain
import SlipwayTesting
import Testing

/// The board beside another implementation of the console's contract, in Python, kept beside the project and never in
/// it: both are asked about the same facts and have to say the same, line by line.
@Suite(.timeLimit(.minutes(15))) struct ConsoleModelTests {
    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared/contracts")
            .standardizedFileURL
    }

    private static var isPresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "console_logic_model.py").path)
    }

    @Test func `the other implementation is there where it must be`() {
        if ProcessInfo.processInfo.environment["CI"] == "true" { #expect(Self.isPresent) }
    }

    @Test(.enabled(if: Self.isPresent))
    func `ten thousand sets of facts are told the same way by both`() async throws {
        var generator = SeededGenerator(Seed(52))
        let sets = (0..<10_000).map { FactSet(number: $0, using: &generator) }
        let own = sets.map(\.told)
        let others = try await Self.answers(to: sets)
        try #require(own.count == others.count)
        for (number, (ours, theirs)) in zip(own, others).enumerated() where ours != theirs {
            Issue.record("set \(number) of \(sets[number].facts.sorted())\nours   \(ours)\ntheirs \(theirs)")
            return
        }
        // A comparison of nothing but empty boards would agree as well.
        #expect(Set(own).count > 5_000)
        #expect(own.contains { $0.contains("PRODUCTION_GO") } && own.contains { $0.contains("go_no_go=none") })
    }

    private static func answers(to sets: [FactSet]) async throws -> [String] {
        let work = FileManager.default.temporaryDirectory.appending(path: "board-model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        let (questions, driver) = (work.appending(path: "facts.txt"), work.appending(path: "driver.py"))
        let lines = sets.map { $0.facts.sorted().map(\.rawValue).joined(separator: " ") }
        try lines.joined(separator: "\n").write(to: questions, atomically: true, encoding: .utf8)
        try Self.driver.write(to: driver, atomically: true, encoding: .utf8)
        let said = try await Command("/usr/bin/env", ["python3", "-B", driver.path, folder.path, questions.path]).run()
        return said.split(separator: "\n").map(String.init)
    }

    /// Asks the other implementation about the sets of a file, one in a line, and prints what it says in our words.
    private static let driver = #"""
        import sys
        sys.path.insert(0, sys.argv[1])
        import console_logic_model as model

        people = [
            ("user_md_anna", "Anna Kowalska"), ("user_dispatcher_marek", "Marek Zielinski"),
            ("user_accountant_olena", "Olena Shevchenko"), ("platform_operator", "platform operator"),
        ]
        names = ["dry_run", "release", "rollback", "runbook", "cutover", "wiring", "go_no_go", "traffic"]
        for line in open(sys.argv[2]).read().split("\n"):
            facts = set(line.split())
            words = ["%s=%d/%d" % ((counter,) + model.count(counter, facts)) for counter in sorted(model.COUNTERS)]
            try:
                decided = model.decisions(facts)
            except IndexError:
                # It has no code for this case. One that all its other decisions bear shows what those are.
                decided = model.decisions(facts | {leaf for part in ("prov", "sess") for leaf in model.LEAVES[part]})
                decided["go_no_go"] = "none"
                decided["traffic"] = "production_traffic_disabled"
            words += ["%s=%s" % (name, decided[name]) for name in names]
            words.append("blockers=" + ",".join(decided["blockers"]))
            frontier = model.frontier(facts)
            words.append("frontier=" + ",".join(frontier))
            urgency = lambda action: (
                -model.height(action), -len(model.reach(action)), model.ACT[action][0], model.ORDER.index(action))
            words.append("next=" + (model.next_action(facts) or "none"))
            words.append("second=" + (sorted(frontier, key=urgency)[1] if len(frontier) > 1 else "none"))
            for ours, theirs in people:
                # Work for two people is that of the one who is named.
                own = [action for action in frontier if model.ACT[action][1].split(" + ")[0] == theirs]
                words.append("%s=%s" % (ours, min(own, key=urgency) if own else "none"))
            print(" ".join(words))
        """#
}

/// Some facts that are ready, of the bundled journey; all others are not begun.
private struct FactSet {
    let facts: Set<CheckID>

    /// Every tenth is a place on a way to the go, every tenth lacks a few facts, the others have any share of all.
    init(number: Int, using generator: inout SeededGenerator) {
        let plan = BoardPlan.bundled
        var facts = BoardPlan.seedFacts
        switch number % 10 {
        case 0:
            let actions = plan.actions.shuffled(using: &generator)
            for action in actions.prefix(Int.random(in: 0...23, using: &generator)) {
                facts.formUnion(action.provides)
            }
        case 1:
            let gone = plan.allFacts.sorted().shuffled(using: &generator)
            facts = plan.allFacts.subtracting(gone.prefix(Int.random(in: 0...3, using: &generator)))
        default:
            let share = Int.random(in: 0...100, using: &generator)
            facts = Set(plan.allFacts.sorted().filter { _ in Int.random(in: 0..<100, using: &generator) < share })
        }
        self.facts = facts
    }

    /// What our board says, in one line. The switch has run, so that traffic follows from the go alone.
    var told: String {
        let board = Board.bundled(facts, but: [.cutoverRun: .ready])
        var words = board.counted.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        words += board.decisions.map { "\($0.name.rawValue)=\($0.code?.rawValue ?? "none")" }
        words.append(
            "blockers=" + (board.decision(.goNoGo)?.blockers ?? []).map(\.code.rawValue).joined(separator: ","))
        words.append("frontier=" + board.frontier.map(\.rawValue).joined(separator: ","))
        words.append("next=" + (board.next?.action.rawValue ?? "none"))
        words.append("second=" + (board.secondBest?.action.rawValue ?? "none"))
        for owner in ["user_md_anna", "user_dispatcher_marek", "user_accountant_olena", "platform_operator"] {
            words.append("\(owner)=\(board.nextFor(owner).recommendation?.action.rawValue ?? "none")")
        }
        return words.joined(separator: " ")
    }
}
