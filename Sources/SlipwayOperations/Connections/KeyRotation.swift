package import SlipwayDomain
package import SlipwaySQL
package import SlipwayStore

/// Moves credentials from older versions of the key to the current one, while they are in use.
///
/// Payloads are not touched: only the key of each is unwrapped and wrapped again. Killed anywhere, it goes on with what
/// is left; a credential that is replaced meanwhile is under the current version already.
package struct KeyRotation: Sendable {
    private let database: any Database
    private let keys: any KeySource
    private let sealer: CredentialSealer

    package init(_ database: any Database, _ keys: any KeySource) {
        self.database = database.scoped(to: .system)
        self.keys = keys
        sealer = CredentialSealer(keys)
    }

    package struct Plan: Hashable, Sendable {
        package let key: KeyVersions
        /// By ring and version.
        package let uses: [CredentialStore.KeyUse]

        /// How many are to be moved.
        package var left: Int {
            uses.filter { $0.ring != key.ring || $0.version != key.current }.reduce(0) { $0 + $1.count }
        }

        /// What is in use and does not open here.
        package var unknown: [CredentialStore.KeyUse] {
            uses.filter { $0.ring != key.ring || !key.opening.contains($0.version) }
        }
    }

    package func plan() async throws -> Plan {
        let versions = try await keys.versions()
        return Plan(key: versions, uses: try await database.read { try CredentialStore.keysInUse($0) })
    }

    /// Moves all there are, and returns how many were moved. Throws at the first that does not open, with those before it
    /// moved. `progress` is told after each batch how many are done.
    package func run(
        batch: Int = 500, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        let key = try await keys.versions()
        var moved = 0
        for table in CredentialStore.Table.allCases {
            // What is changed while its batch is under way keeps its old key, and is found by going through once more.
            while try await pass(table, key, batch, &moved, progress) {}
        }
        return moved
    }

    /// Goes through a table once; returns whether there was anything.
    private func pass(
        _ table: CredentialStore.Table, _ key: KeyVersions, _ batch: Int, _ moved: inout Int,
        _ progress: @Sendable (Int) -> Void
    ) async throws -> Bool {
        var (after, hadAny) = (Int64.min, false)
        while true {
            let last = after
            let rows = try await database.read { transaction in
                try CredentialStore.rows(
                    of: table, notUnder: (key.ring, key.current), after: last, limit: batch, transaction)
            }
            guard let end = rows.last else { return hadAny }
            hadAny = true
            after = end.id
            try Task.checkCancellation()
            var changes: [(id: Int64, from: SealedCredential, to: SealedCredential)] = []
            for row in rows {
                let (stored, place) = (row.credential.sealed, row.credential.place)
                changes.append((row.id, stored, try await sealer.rewrapped(stored, at: place)))
            }
            let written = changes
            try await database.write { try CredentialStore.rewrap(written, in: table, $0) }
            moved += written.count
            progress(moved)
        }
    }
}
