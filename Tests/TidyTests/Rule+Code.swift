extension Rule {
    /// Chance comes from a generator that was handed in, so that a test can repeat it.
    static let unseededRandomness = eachFile("randomness is handed in") { file in
        guard let code = file.swift?.tokens else { return [] }
        let calls: Set = ["random", "randomElement", "shuffle", "shuffled"]
        return code.indices.filter { index in
            index > 0 && code[index - 1].is(".") && calls.contains(code[index].text)
                && index + 1 < code.count && code[index + 1].is("(")
                && !argumentNames(of: code, openedAt: index + 1).contains("using")
        }.map {
            let message = ".\(code[$0].text)( without using: → hand in a RandomNumberGenerator and pass it as using:"
            return Violation(path: file.path, line: code[$0].line, message: message)
        }
    }

    private static func argumentNames(of code: [SwiftTokens.Token], openedAt open: Int) -> [String] {
        var depth = 0
        var names: [String] = []
        for index in open..<code.count {
            if code[index].is("(") { depth += 1 }
            if code[index].is(")") { depth -= 1 }
            if depth == 0 { break }
            if depth == 1, index + 1 < code.count, code[index + 1].is(":") { names.append(code[index].text) }
        }
        return names
    }

    /// Whoever tells the compiler to look away says why, in the line directly above.
    static let uncheckedSendable = eachFile("@unchecked Sendable has its reason above it") { file in
        guard let swift = file.swift else { return [] }
        let commented = Set(swift.comments.map(\.line))
        let code = swift.tokens
        let declarations: Set = ["class", "struct", "enum", "extension", "protocol"]
        return code.indices.filter { $0 > 0 && code[$0].is("unchecked") && code[$0 - 1].is("@") }.compactMap { index in
            let start = code[..<index].last { declarations.contains($0.text) }?.line ?? code[index].line
            guard !commented.contains(start - 1) else { return nil }
            let message = "@unchecked Sendable → a Mutex or an actor; or the reason, as a comment directly above"
            return Violation(path: file.path, line: start, message: message)
        }
    }

    static let publicDeclarations = eachFile("nothing is public") { file in
        guard file.path.hasPrefix("Sources/"), let code = file.swift?.tokens else { return [] }
        return code.indices.filter {
            (code[$0].is("public") || code[$0].is("open") && $0 + 1 < code.count && code[$0 + 1].is("class"))
                && !($0 > 0 && code[$0 - 1].is("."))
        }.map { Violation(path: file.path, line: code[$0].line, message: "\(code[$0].text) → package") }
    }

    /// A drawer takes anything, so nobody finds anything in it.
    static let drawers = eachFile("no drawers") { file in
        guard let code = file.swift?.tokens else { return [] }
        let endings = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Common"]
        let isDrawer = { (name: String) in endings.contains { name.hasSuffix($0) } }
        let message = "→ name it for the one idea it holds"
        var found: [Violation] = []
        if isDrawer(file.name) {
            found.append(Violation(path: file.path, line: 1, message: "file \(file.name) \(message)"))
        }
        let declarations: Set = ["class", "struct", "enum", "actor", "protocol", "typealias"]
        for (keyword, name) in zip(code, code.dropFirst())
        where declarations.contains(keyword.text) && name.kind == .word && isDrawer(name.text) {
            found.append(Violation(path: file.path, line: name.line, message: "type \(name.text) \(message)"))
        }
        return found
    }

    /// What is left undone has an issue, or is done.
    static let unfinishedBusiness = eachFile("what is left undone has an issue") { file in
        (file.swift?.comments ?? []).compactMap { comment in
            let words = comment.text.split { !$0.isLetter && !$0.isNumber && $0 != "#" }
            guard let mark = words.first(where: { ["TODO", "FIXME", "XXX"].contains($0) }),
                !words.contains(where: { $0.hasPrefix("#") && Int($0.dropFirst()) != nil })
            else { return nil }
            let message = "\(mark) → do it, or name its issue: \(mark)(#12)"
            return Violation(path: file.path, line: comment.line, message: message)
        }
    }

    static let marks = eachFile("fewer than three MARKs in a file") { file in
        let marks = (file.swift?.comments ?? []).filter { $0.text.hasPrefix("// MARK:") }
        guard marks.count > 2 else { return [] }
        let message = "a third MARK → split the file where the marks are"
        return [Violation(path: file.path, line: marks[2].line, message: message)]
    }

    static let longFiles = eachFile("files of at most 450 lines") { file in
        let lines = file.lines.count
        guard file.swift != nil, lines > 450 else { return [] }
        return [Violation(path: file.path, line: 451, message: "\(lines) lines → one idea a file, at most 450")]
    }
}
