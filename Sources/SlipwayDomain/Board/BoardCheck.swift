/// One check as a board shows it.
package struct BoardCheck: Hashable, Sendable {
    package let id: CheckID
    /// Who owes it.
    package let owner: String
    package let state: CheckState
    /// Its own: what its reading says, or else how much of what it stands on is met.
    package let measure: String
    package let evidence: Digest?
    package let at: Timestamp?
    package let expires: Timestamp?
    /// What it follows from; nothing for a leaf.
    package let standsOn: [CheckID]
    /// What has to be met before it can be: of a derived check what it stands on, of a leaf nobody has started what its
    /// work requires.
    package let waitsFor: [CheckID]

    package var isMet: Bool { state.isMet }
}
