import Testing

/// Each rule can fail: a tiny bad sample for each, and beside it one that only looks bad.
@Suite struct RuleTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let rule: String
        let bad: SourceFile
        let good: SourceFile

        init(_ rule: String, at path: String = "Sources/SlipwayDomain/Sample.swift", bad: String, good: String) {
            self.rule = rule
            self.bad = SourceFile(path: path, text: bad)
            self.good = SourceFile(path: path, text: good)
        }

        var testDescription: String { rule }
    }

    static let samples = [
        Sample("no try!", bad: "let a = try! f()", good: "let a = try !f(\"try! f()\") // try!"),
        Sample("no as!", bad: "let a = b as! C", good: "let a = b as? C /* as! */"),
        Sample("no fatalError(", bad: "Swift.fatalError(\"\")", good: "precondition(a, \"fatalError(\")"),
        Sample("no Date()", bad: "let a = \"\\(Date())\"", good: "let a = \"Date()\"; Date(b)"),
        Sample(
            "no LegacyStore", bad: "let old = LegacyStore.fields", good: "// LegacyStore"),
        Sample(
            "no DispatchPermit(", bad: "let permit = DispatchPermit(run: run)",
            good: "func f(permit: borrowing DispatchPermit) {} // DispatchPermit("),
        Sample("no Task{", bad: "Task { await f() }", good: "struct TaskList { } // Task {"),
        Sample("no Task(", bad: "Task(priority: .high) { }", good: "`Task(`()"),
        Sample("no Task.detached", bad: "Task.detached { }", good: "#\"Task.detached\"#"),
        Sample("no DispatchQueue", bad: "DispatchQueue.main", good: "\"\"\"\n\"DispatchQueue\"\n\"\"\""),
        Sample("no print(", bad: "print(a)", good: "func print(_ a: Int) { console.print(a) }"),
        Sample(
            "no Task.sleep", at: "Tests/SlipwayDomainTests/Sample.swift",
            bad: "try await Task.sleep(for: .seconds(1))", good: "// Task.sleep"),
        Sample(
            "randomness is handed in", bad: "Int.random(in: 0...f(using: 1))",
            good: "Int.random(in: 0...1, using: &g)"),
        Sample(
            "@unchecked Sendable has its reason above it", bad: "\nfinal class A: @unchecked Sendable {}",
            good: "// Every field is set once.\nfinal class A:\n    @unchecked Sendable {}"),
        Sample("nothing is public", bad: "public struct A {}", good: "package let a = Access.public"),
        Sample("no drawers", bad: "enum DateUtils {}", good: "let manager = FileManager.default"),
        Sample(
            "what is left undone has an issue", bad: "// TODO: finish",
            good: "let a = \"XXX\" // TODO(#12): finish"),
        Sample(
            "fewer than three MARKs in a file", bad: "// MARK: a\n// MARK: b\n// MARK: c",
            good: "// MARK: a\n// MARK: b\nlet a = \"// MARK: c\""),
        Sample(
            "functions fit a screen", bad: "func a() {\n" + String(repeating: "f()\n", count: 69) + "}",
            good: "protocol P { func a() }\nstruct S {\n" + String(repeating: "let a: Int\n", count: 99) + "}"),
        Sample(
            "files of at most 450 lines", bad: String(repeating: "\n", count: 450),
            good: String(repeating: "\n", count: 449)),
        Sample("each target imports what the design lets it", bad: "package import Foundation", good: "import Crypto"),
        Sample(
            "no paths of one machine", at: "docs/sample.md", bad: "see /" + "home/ann/app",
            good: "see docs/" + "home/ann"),
        Sample(
            "links lead somewhere", at: "docs/sample.md", bad: "[a](../other.md#b)",
            good: "[a](sample.md#b) [b](https://example.org) `[c](d)`\n```\n[e](f)\n```"),
    ]

    @Test(arguments: samples)
    func `finds the bad and passes the good`(_ sample: Sample) throws {
        let rule = try #require(Rule.all.first { $0.name == sample.rule })
        let bad = rule.violations(SourceTree([sample.bad])).filter { $0.path == sample.bad.path }
        let good = rule.violations(SourceTree([sample.good])).filter { $0.path == sample.good.path }
        #expect(bad.count == 1)
        #expect(bad.allSatisfy { $0.message.contains("→") })
        #expect(good.isEmpty, "\(good)")
    }

    @Test func `every rule has a sample`() {
        // Orphans take two files, and have a test of their own below.
        let tried = Set(Self.samples.map(\.rule) + [Rule.orphanSnapshots.name])
        #expect(Set(Rule.all.map(\.name)) == tried)
    }

    @Test func `a snapshot that no test beside it names is an orphan`() {
        let test = SourceFile(
            path: "Tests/A/BTests.swift",
            text: #"expect(named: "known"); expect(named: "schema.\(dialect)"); "\(all)""#
        )
        let names = ["known", "schema.sqlite", "unknown", "schema"]
        let tree = SourceTree([test], otherPaths: Set(names.map { "Tests/A/Snapshots/\($0).txt" }))
        let orphans = Rule.orphanSnapshots.violations(tree).map(\.path)
        #expect(orphans == ["Tests/A/Snapshots/schema.txt", "Tests/A/Snapshots/unknown.txt"])
    }

    @Test func `the list of long functions only shrinks`() {
        let body = String(repeating: "f()\n", count: 80)
        let tree = SourceTree([SourceFile(path: "Sources/A/B.swift", text: "init(a: Int) throws {\n\(body)}")])
        func count(_ list: String) -> Int { Rule.longFunctions(LongFunctions.parse(list)).violations(tree).count }
        #expect(count("# a comment\nSources/A/B.swift init 82") == 0)
        #expect(count("Sources/A/B.swift init 90") == 1)
        #expect(count("Sources/A/B.swift init 75") == 1)
        #expect(count("Sources/A/B.swift init 82\nSources/A/B.swift gone 90") == 1)
    }
}
