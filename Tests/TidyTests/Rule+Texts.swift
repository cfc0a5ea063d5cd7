import Foundation

extension Rule {
    /// Paths of somebody's own machine. They are put together here, so that this file does not break its own rule.
    static let machinePaths = eachFile("no paths of one machine") { file in
        let folders = ["work", "home", "root"].map { "/" + $0 + "/" }
        guard folders.contains(where: { file.text.contains($0) }) else { return [] }
        return file.lines.enumerated().flatMap { number, line in
            folders.filter { startsPath($0, in: line) }.map { folder in
                let message = "\(folder) → a path from the package's root, or one found at run time"
                return Violation(path: file.path, line: number + 1, message: message)
            }
        }
    }

    /// Whether the folder stands in the line as the start of a path and not inside a longer one.
    private static func startsPath(_ folder: String, in line: Substring) -> Bool {
        line.ranges(of: folder).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || "._-*}~".contains(before))
        }
    }

    /// A relative link of a Markdown text leads to a file or a folder that is there.
    static let links = Rule(name: "links lead somewhere") { tree in
        tree.files.filter { $0.path.hasSuffix(".md") }.flatMap { file in
            links(in: file).filter { !exists($0.target, from: file, in: tree) }.map { link in
                let message = "(\(link.target)) leads nowhere → the path of a checked-in file, from this file's folder"
                return Violation(path: file.path, line: link.line, message: message)
            }
        }
    }

    private static func links(in file: SourceFile) -> [(target: String, line: Int)] {
        var found: [(target: String, line: Int)] = []
        var isCode = false
        for (number, line) in file.lines.enumerated() {
            if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
            guard !isCode else { continue }
            // Every other piece between backquotes is code.
            let prose = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset.isMultiple(of: 2) }.map { $0.element }.joined(separator: "_")
            for piece in prose.components(separatedBy: "](").dropFirst() {
                let target = piece.prefix { $0 != ")" && $0 != " " }
                found.append((String(target), number + 1))
            }
        }
        return found
    }

    private static func exists(_ target: String, from file: SourceFile, in tree: SourceTree) -> Bool {
        let path = target.prefix { $0 != "#" }
        if path.isEmpty || path.contains("://") || path.hasPrefix("mailto:") { return true }
        var parts = file.folder.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return false }
            } else {
                parts.append(part.removingPercentEncoding ?? String(part))
            }
        }
        return parts.isEmpty || tree.paths.contains(parts.joined(separator: "/"))
    }

    /// A recorded text that no test compares with any more. A name with `\( )` in it stands for all it can become.
    static let orphanSnapshots = Rule(name: "each snapshot has its test") { tree in
        tree.paths.sorted().compactMap { path -> Violation? in
            guard let range = path.range(of: "/Snapshots/"), path.hasPrefix("Tests/"), path.hasSuffix(".txt") else {
                return nil
            }
            let folder = path[..<range.lowerBound]
            let name = String(path[range.upperBound...].dropLast(".txt".count))
            let isNamed = tree.swiftFiles.contains { file in
                file.folder == folder
                    && file.swift?.tokens.contains { $0.kind == .string && matches(name, pattern: $0.text) } == true
            }
            let message = "no test in \(folder) names the snapshot \(name) → delete the file, or name it in the test"
            return isNamed ? nil : Violation(path: path, line: 1, message: message)
        }
    }

    private static func matches(_ name: String, pattern: String) -> Bool {
        guard pattern.contains("*") else { return name == pattern }
        let pieces = pattern.components(separatedBy: "*")
        guard pieces.contains(where: { !$0.isEmpty }) else { return false }
        var rest = name[...]
        for (index, piece) in pieces.enumerated() where !piece.isEmpty {
            guard let range = rest.range(of: piece) else { return false }
            guard index > 0 || range.lowerBound == rest.startIndex else { return false }
            rest = rest[range.upperBound...]
        }
        return pieces.last?.isEmpty == true || rest.isEmpty || name.hasSuffix(pieces.last ?? "")
    }
}
