package import SlipwayDomain
import SlipwaySQL

/// What the log says of a packet without opening it.
package struct EvidenceLine: Sendable {
    package let sequence: Int64
    package let kind: PacketKind
    package let scope: String
    package let outcome: PacketOutcome
    package let digest: String
    package let sealedAt: Timestamp

    init(_ row: Row) throws {
        sequence = try row.integer("sequence")
        kind = try row.state("kind")
        scope = try row.text("scope")
        outcome = try row.state("outcome")
        digest = try row.text("digest")
        sealedAt = try row.moment("sealed_at")
    }
}
