/// A document that cannot be obeyed: where, what, and what to write instead.
package struct DocumentError: Error, CustomStringConvertible, Equatable {
    /// What people call it, such as `the manifest`.
    package let document: String
    package let line: Int?
    package let path: String
    package let problem: String

    package init(document: String, line: Int? = nil, path: String = "", problem: String) {
        self.document = document
        self.line = line
        self.path = path
        self.problem = problem
    }

    package var description: String {
        let place = line.map { "\(document), line \($0)" } ?? document
        return path.isEmpty ? "\(place): \(problem)" : "\(place): \(path): \(problem)"
    }
}
