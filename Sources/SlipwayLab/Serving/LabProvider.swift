/// A provider that the lab stands in for. Its addresses begin with its name.
package protocol LabProvider: Sendable {
    /// The first part of its paths, such as `microsoft`.
    var name: String { get }

    /// What it holds and which credentials it takes, a line each, for the index and for the terminal. `base` is where
    /// the lab is.
    func summary(at base: String) -> [String]

    /// `path` is the request's, without the provider's name.
    func answer(to request: LabRequest, at path: [String]) async -> LabAnswer

    /// How this provider words a fault that is a status.
    func answer(to request: LabRequest, faultWith status: Int) -> LabAnswer
}
