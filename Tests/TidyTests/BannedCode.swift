/// A few tokens in a row that are not written here, and what is written in their place.
struct BannedCode: Sendable {
    let tokens: [String]
    let instead: String
    let scope: @Sendable (SourceFile) -> Bool
    /// Words that, standing directly before, make it something else: `func print(` declares, it does not call.
    let unlessAfter: [String]

    var rule: Rule {
        let name = tokens.joined()
        return .eachFile("no \(name)") { file in
            guard let code = file.swift?.tokens, scope(file) else { return [] }
            return code.indices.filter { index in
                index + tokens.count <= code.count
                    && tokens.indices.allSatisfy { code[index + $0].is(tokens[$0]) }
                    && (tokens.last != "!" || code[index + tokens.count - 1].isGlued)
                    && !(index > 0 && unlessAfter.contains { code[index - 1].is($0) })
            }.map { Violation(path: file.path, line: code[$0].line, message: "\(name) → \(instead)") }
        }
    }

    static let all = [
        BannedCode(["try", "!"], instead: "try in a function that throws, or handle the error"),
        BannedCode(["as", "!"], instead: "as? with a typed error for the other case"),
        BannedCode(["fatalError", "("], instead: "a typed error, or precondition with a message"),
        BannedCode(["Date", "(", ")"], instead: "clock.now(), of the WallClock that was handed in"),
        BannedCode(["Task", "{"], instead: "a task group, which ends with its scope"),
        BannedCode(["Task", "("], instead: "a task group, which ends with its scope"),
        BannedCode(["Task", ".", "detached"], instead: "a task group, which ends with its scope"),
        BannedCode(["DispatchQueue"], instead: "an actor, or a task group with a bound"),
        BannedCode(
            ["print", "("], instead: "return the text; only the commands in Sources/slipway print",
            scope: { $0.path.hasPrefix("Sources/") && $0.target != "slipway" }, unlessAfter: ["func", "."]),
        BannedCode(
            ["DispatchPermit", "("], instead: "an operation that is started through the gate; the driver makes permits",
            scope: { $0.path.hasPrefix("Sources/") && $0.path != "Sources/SlipwayEngine/Driving/RunDriver+Calls.swift" }
        ),
        // The proof that no start, no run and no page reads what tenants carried before there were connections.
        BannedCode(
            ["LegacyStore"], instead: "a provider connection; tenants' old fields are read by the way off them alone",
            scope: {
                $0.path.hasPrefix("Sources/") && $0.path != "Sources/SlipwayStore/Connections/LegacyStore.swift"
                    && !$0.path.hasPrefix("Sources/SlipwayOperations/Connections/Legacy/")
            }),
        BannedCode(
            ["Task", ".", "sleep"], instead: "a ManualClock, or a wait for the state itself",
            scope: { $0.path.hasPrefix("Tests/") }),
    ]

    private init(
        _ tokens: [String],
        instead: String,
        scope: @escaping @Sendable (SourceFile) -> Bool = { _ in true },
        unlessAfter: [String] = []
    ) {
        self.tokens = tokens
        self.instead = instead
        self.scope = scope
        self.unlessAfter = unlessAfter
    }
}
