package import SlipwayDomain

/// What both sides hold, and where they differ.
package struct VerifyReport: Sendable {
    package var source: [TableDigest]
    package var target: [TableDigest]
    package var differences: [Difference]
    /// Ways in which the policies let a tenant reach foreign rows.
    package var leaks: [String]
    /// Tables that differ in ways beyond the differences that are named.
    package var differingTables: [String]

    package var sourceDigest: Digest { SnapshotDigest.digest(of: source) }
    package var targetDigest: Digest { SnapshotDigest.digest(of: target) }
    package var holds: Bool { sourceDigest == targetDigest && differingTables.isEmpty && leaks.isEmpty }
    package var rows: Int { source.reduce(0) { $0 + $1.rows } }
}
