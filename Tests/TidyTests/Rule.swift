import Testing

/// Something the whole tree keeps to. Its message says what to write in place of what it forbids.
struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    let violations: @Sendable (SourceTree) -> [Violation]

    var testDescription: String { name }

    /// A rule about one file at a time.
    static func eachFile(_ name: String, _ check: @escaping @Sendable (SourceFile) -> [Violation]) -> Rule {
        Rule(name: name) { tree in tree.files.flatMap(check) }
    }

    static let all: [Rule] =
        BannedCode.all.map(\.rule) + [
            .unseededRandomness, .uncheckedSendable, .publicDeclarations, .drawers,
            .unfinishedBusiness, .marks, .longFunctions(LongFunctions.allowed), .longFiles,
            .imports, .machinePaths, .links, .orphanSnapshots,
        ]
}

struct Violation: Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
