/// A caller's own name for one start: asking again under it is answered with what was decided the first time, also
/// after the run is over.
package struct StartKey: Hashable, Sendable {
    /// Whose name it is: the same name of another is another key.
    package let owner: String
    package let name: String
    /// What was asked for under it: a key does not stand for two things.
    package let fingerprint: Digest
    /// Whether having been busy is an answer for good. A caller may come again; a schedule's hour is over.
    package let keepsBusy: Bool

    package init(owner: String, name: String, fingerprint: Digest, keepsBusy: Bool) {
        self.owner = owner
        self.name = name
        self.fingerprint = fingerprint
        self.keepsBusy = keepsBusy
    }
}
