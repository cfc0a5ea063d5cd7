/// The nine values an application is started with, in the order they are handed over in.
package struct ReleaseEnvironment: Hashable, Sendable {
    package let values: [PacketLine]

    package static let names = [
        "BFG_RELEASE_ENVIRONMENT", "BFG_RELEASE_TARGET", "BFG_SCENARIO_ADAPTER", "BFG_STORAGE_ADAPTER", "BFG_AUTH_MODE",
        "BFG_TENANT_MODE", "BFG_ROLLBACK_OWNER", "BFG_RELEASE_EVIDENCE", "BFG_RELEASE_DECISION",
    ]

    package subscript(name: String) -> String? { values.first { $0.key == name }?.value }
}

extension JourneyRecord {
    /// The values as the session has them now. `decision` is the release's.
    ///
    /// Until traffic goes to the target they are the local ones: the block that flips the application is handed over
    /// with the last gate and not before.
    package func releaseEnvironment(decision: String, isLive: Bool = false) -> ReleaseEnvironment {
        let target = ["postgres-rls", "oidc", "multi-tenant-rls"]
        let now = [session?.storage ?? "", session?.auth ?? "", session?.tenantMode ?? ""]
        let modes = isLive ? target : now
        return ReleaseEnvironment(
            values: zip(
                ReleaseEnvironment.names,
                [
                    (isLive ? journey.to : journey.from).rawValue, adapter ?? "", session?.contract ?? "", modes[0],
                    modes[1], modes[2], owner(of: .rollbackOwner), PacketKind.adapterDryRun.rawValue, decision,
                ]
            ).map { PacketLine($0, $1) })
    }

    /// Nine of nine, and no block that was handed over says otherwise.
    var environmentReading: FactReading {
        guard session != nil else { return FactReading(.unknown("the application's storage did not answer")) }
        let environment = releaseEnvironment(decision: "-")
        let missing = environment.values.filter(\.value.isEmpty)
        guard missing.isEmpty else {
            return FactReading(.failed("without a value: \(missing.map(\.key).joined(separator: ", "))"))
        }
        if let handed = packets[.releaseHandoff] {
            let session = ["BFG_STORAGE_ADAPTER", "BFG_AUTH_MODE", "BFG_TENANT_MODE"]
            let said = Dictionary(handed.draft.lines.map { ($0.key, $0.value) }) { first, _ in first }
            if said["BFG_RELEASE_ENVIRONMENT"] == journey.from.rawValue,
                let changed = session.first(where: { said[$0] != environment[$0] })
            {
                return FactReading(
                    .stale("\(changed) was handed over as another value"), evidence: handed.digest, at: handed.sealedAt)
            }
        }
        return FactReading(.ready, measure: "\(environment.values.count) of \(ReleaseEnvironment.names.count) values")
    }
}
