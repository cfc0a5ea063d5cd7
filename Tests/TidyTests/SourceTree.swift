import Foundation

/// A checked-in text file, by its path from the package's root.
struct SourceFile: Sendable {
    let path: String
    let text: String
    /// Set for Swift files.
    let swift: SwiftTokens?

    init(path: String, text: String) {
        self.path = path
        self.text = text
        swift = path.hasSuffix(".swift") ? SwiftTokens(text) : nil
    }

    /// `Sources/SlipwayDomain/…` is of the target SlipwayDomain; nil outside of `Sources`.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// `a/b/C+D.swift` has the name `C+D`.
    var name: String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        return last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
    }

    var folder: String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// What is checked in, as far as the rules look at it.
struct SourceTree: Sendable {
    let files: [SourceFile]
    /// All files and folders, also those that are not text.
    let paths: Set<String>

    var swiftFiles: [SourceFile] { files.filter { $0.swift != nil } }

    init(_ files: [SourceFile], otherPaths: Set<String> = []) {
        self.files = files
        paths = otherPaths.union(files.map(\.path))
    }

    /// The package this test is part of.
    static let package: SourceTree = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        return SourceTree(packageAt: root)
    }()

    private static let textEndings = [
        "swift", "md", "txt", "sh", "yml", "yaml", "json", "sql", "html", "mustache", "css", "js", "h", "modulemap", "",
    ]

    private init(packageAt root: URL) {
        var files: [SourceFile] = []
        var paths: Set<String> = []
        var folders = [""]
        let manager = FileManager.default
        while let folder = folders.popLast() {
            let names = (try? manager.contentsOfDirectory(atPath: root.path + "/" + folder)) ?? []
            for name in names where !name.hasPrefix(".") || name == ".ci" {
                let path = folder.isEmpty ? name : folder + "/" + name
                let url = root.appending(path: path)
                paths.insert(path)
                if isFolder(url) {
                    folders.append(path)
                } else if Self.textEndings.contains(url.pathExtension),
                    let text = try? String(contentsOf: url, encoding: .utf8)
                {
                    files.append(SourceFile(path: path, text: text))
                }
            }
        }
        self.files = files.sorted { $0.path < $1.path }
        self.paths = paths

        func isFolder(_ url: URL) -> Bool {
            var isFolder: ObjCBool = false
            return manager.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
        }
    }
}
