/// A manifest that cannot be obeyed: where, what, and what to write instead.
package struct ManifestError: Error, CustomStringConvertible, Equatable {
    package let line: Int?
    package let path: String
    package let problem: String

    package var description: String {
        let place = line.map { "line \($0)" } ?? "the manifest"
        return path.isEmpty ? "\(place): \(problem)" : "\(place): \(path): \(problem)"
    }
}
