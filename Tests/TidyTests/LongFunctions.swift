import Foundation

/// A function that does not fit a screen. Those in `long-functions.txt` are borne with; the list only shrinks.
struct LongFunctions {
    static let mostLines = 70

    /// `Sources/A/B.swift name 84`: a line for each, with the length it may have.
    static let allowed: [String: Int] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "long-functions.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return parse(text)
    }()

    static func parse(_ text: String) -> [String: Int] {
        var allowed: [String: Int] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            if words.count == 3, let lines = Int(words[2]) { allowed["\(words[0]) \(words[1])"] = lines }
        }
        return allowed
    }

    struct Function {
        let name: String
        let line: Int
        let lineCount: Int
    }

    /// The functions and initialisers of a file that have a body, with its length from `func` to the last brace.
    static func functions(in code: [SwiftTokens.Token]) -> [Function] {
        code.indices.compactMap { index in
            guard startsFunction(code, index), let open = body(code, after: index) else { return nil }
            var depth = 0
            for end in open..<code.count {
                if code[end].is("{") { depth += 1 }
                if code[end].is("}") { depth -= 1 }
                guard depth == 0 else { continue }
                let name = code[index].is("func") ? code[index + 1].text : code[index].text
                let lineCount = code[end].line - code[index].line + 1
                return Function(name: name, line: code[index].line, lineCount: lineCount)
            }
            return nil
        }
    }

    private static func startsFunction(_ code: [SwiftTokens.Token], _ index: Int) -> Bool {
        guard index + 1 < code.count, !(index > 0 && code[index - 1].is(".")) else { return false }
        if code[index].is("func") { return true }
        return code[index].is("init") && ["(", "<", "?"].contains(code[index + 1].text)
    }

    /// Where the body opens; nil for a requirement of a protocol, which has none.
    private static func body(_ code: [SwiftTokens.Token], after start: Int) -> Int? {
        let next: Set = ["func", "var", "let", "init", "static", "package", "case", "mutating", "subscript", "}"]
        var depth = 0
        for index in code.indices[(start + 1)...] {
            if code[index].is("(") { depth += 1 }
            if code[index].is(")") { depth -= 1 }
            guard depth == 0 else { continue }
            if code[index].is("{") { return index }
            if code[index].kind != .string, next.contains(code[index].text) { return nil }
        }
        return nil
    }
}

extension Rule {
    /// The list of exceptions is held to the truth: an entry that is too generous, or no longer needed, is one too.
    static func longFunctions(_ allowed: [String: Int]) -> Rule {
        Rule(name: "functions fit a screen") { tree in
            let list = "Tests/TidyTests/long-functions.txt"
            var found: [Violation] = []
            var unused = allowed
            for file in tree.swiftFiles {
                for function in LongFunctions.functions(in: file.swift?.tokens ?? [])
                where function.lineCount > LongFunctions.mostLines {
                    let key = "\(file.path) \(function.name)"
                    let limit = unused.removeValue(forKey: key)
                    if limit != function.lineCount {
                        let message =
                            "\(function.name) has \(function.lineCount) lines → at most \(LongFunctions.mostLines), "
                            + (limit.map { "or what \(list) says, \($0), brought up to date when it shrinks" }
                                ?? "by a function for each step")
                        found.append(Violation(path: file.path, line: function.line, message: message))
                    }
                }
            }
            return found
                + unused.keys.sorted().map {
                    Violation(path: list, line: 1, message: "\($0) is short or gone → take it off the list")
                }
        }
    }
}
