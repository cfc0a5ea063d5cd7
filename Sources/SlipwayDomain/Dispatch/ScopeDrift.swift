/// What is requested of a provider against what it has granted.
package struct ScopeDrift: Hashable, Sendable {
    /// Requested and not granted, in the order of the request.
    package let missing: [String]
    /// Granted and not requested: more than is needed.
    package let excess: [String]

    package init(requested: [String], granted: [String]) {
        let (asked, given) = (Set(requested), Set(granted))
        missing = requested.filter { !given.contains($0) }
        excess = granted.filter { !asked.contains($0) }
    }
}
