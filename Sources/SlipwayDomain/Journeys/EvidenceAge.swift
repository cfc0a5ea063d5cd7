/// For how long evidence counts, by what it is of.
package enum EvidenceAge {
    /// In seconds; nil for what does not age by itself.
    package static func limit(_ kind: PacketKind) -> Int64? {
        switch kind {
        case .adapterConnection, .adapterWiring: 7 * day
        case .adapterDryRun: 14 * day
        case .rollbackDrill: 30 * day
        default: nil
        }
    }

    /// A certificate that ends sooner than this, in seconds, is not one to go live with.
    package static let certificateLeft = 14 * day

    private static let day: Int64 = 86_400
}
