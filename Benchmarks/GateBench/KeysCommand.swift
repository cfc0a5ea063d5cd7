import ArgumentParser
import Foundation
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import Synchronization

/// Moves many sealed credentials to a new version of the key while others are read.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "keys")
    @OptionGroup var options: BenchOptions

    @Option var credentials = 100_000

    func run() async throws {
        let bench = try await BenchInstallation(options)
        let ring = KeyRing.generate()
        try await bench.seal(credentials, under: ring)
        let next = ring.rotated()
        let readers = ReaderState()
        let begin = bench.clock.reading()
        let (moved, took) = try await withThrowingTaskGroup(of: Void.self) { group in
            let sealer = CredentialSealer(next)
            let count = credentials
            group.addTask {
                var generator = SystemRandomNumberGenerator()
                while !readers.isOver.load(ordering: .relaxed) {
                    let number = Int64.random(in: 1...Int64(count), using: &generator)
                    try await bench.open(number, with: sealer)
                    readers.reads.add(1, ordering: .relaxed)
                }
            }
            let moved = try await KeyRotation(bench.database, next).run(batch: 1000)
            let took = Double(bench.clock.reading().microseconds - begin.microseconds) / 1_000_000
            readers.isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
            return (moved, took)
        }
        let left = try await KeyRotation(bench.database, next).plan().left
        print("\(moved)\t\(String(format: "%.2f", took))\t\(readers.reads.load(ordering: .relaxed))\t\(left)")
    }
}

private final class ReaderState: Sendable {
    let reads = Atomic(0)
    let isOver = Atomic(false)
}

/// Changes the default connection of one tenant from many sides at once, and looks after every commit.
struct DefaultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "defaults")
    @OptionGroup var options: BenchOptions

    @Option var changes = 1_000_000
    @Option var writers = 4
    @Option var connections = 8

    func run() async throws {
        let bench = try await BenchInstallation(options)
        try await bench.connect(connections)
        let scope = AccessScope(workspace: bench.workspace, entitlement: .workspace)
        let records = try await bench.database.read { try ConnectionStore.all(in: scope, $0) }
        let begin = bench.clock.reading()
        let (share, count) = (changes / writers, connections)
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var wrong = 0
                    for turn in 0..<share {
                        wrong += try await bench.makeDefault(records[(turn * 5 + writer) % count]) == 1 ? 0 : 1
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        let took = Double(bench.clock.reading().microseconds - begin.microseconds) / 1_000_000
        print("\(share * writers)\t\(String(format: "%.1f", took))\t\(wrong)")
    }
}

extension BenchInstallation {
    /// Connections of one tenant, numbered from 1, to as many directories.
    func connect(_ count: Int) async throws {
        let (workspace, now) = (workspace, clock.now())
        guard let tenant = ID<Tenant>(1) else { return }
        try await database.write { transaction in
            _ = try TenantReads.workspace(named: "bench", orNew: workspace, at: now, transaction)
            try TenantReads.add(tenant, name: "bench", directory: nil, to: workspace, at: now, transaction)
            for number in 1...Int64(count) {
                guard let id = ID<ProviderConnection>(number) else { continue }
                try ConnectionStore.add(
                    ConnectionStore.Draft(
                        id: id, tenant: tenant, provider: "oidc", directory: "d\(number)", label: "bench",
                        mode: .production, endpoints: [:]), to: workspace, at: now, transaction)
            }
        }
    }

    /// One sealed credential for each of as many connections.
    fileprivate func seal(_ count: Int, under ring: KeyRing) async throws {
        try await connect(count)
        let (sealer, now) = (CredentialSealer(ring), clock.now())
        for start in stride(from: 1, through: Int64(count), by: 1000) {
            var rows: [(ID<AccessEntry>, StoredCredential)] = []
            for number in start..<min(start + 1000, Int64(count) + 1) {
                guard let id = ID<AccessEntry>(number), let place = place(number) else { continue }
                let credential = Credential.clientSecret(clientID: "client", secret: SecretBytes("secret \(number)"))
                let sealed = try await sealer.seal(credential, at: place)
                rows.append((id, StoredCredential(place: place, sealed: sealed, fingerprint: "", expiresAt: nil)))
            }
            let batch = rows
            try await database.write { transaction in
                for (id, stored) in batch {
                    _ = try CredentialStore.put(stored, numbered: id, earlierUntil: now, at: now, transaction)
                }
            }
        }
    }

    fileprivate func place(_ number: Int64) -> CredentialPlace? {
        guard let tenant = ID<Tenant>(1), let connection = ID<ProviderConnection>(number) else { return nil }
        return CredentialPlace(
            workspace: workspace, tenant: tenant, provider: "oidc", connection: connection, version: 1,
            kind: .clientSecret)
    }

    fileprivate func open(_ number: Int64, with sealer: CredentialSealer) async throws {
        guard let id = ID<ProviderConnection>(number) else { return }
        let stored = try await database.read { try CredentialStore.current(of: id, $0) }
        guard let stored else { throw DatabaseError.misuse("credential \(number) is gone") }
        _ = try await sealer.open(stored.sealed, at: stored.place)
    }

    /// Returns how many defaults there are at the commit, as the transaction saw it.
    fileprivate func makeDefault(_ connection: ConnectionRecord) async throws -> Int64 {
        let now = clock.now()
        while true {
            do {
                return try await database.write { transaction in
                    _ = try ConnectionStore.makeDefault(connection, at: now, transaction)
                    return try transaction.query(
                        "SELECT COUNT(*) AS defaults FROM provider_connections WHERE tenant_id = 1 AND is_default = 1"
                    ).first?.integer("defaults") ?? 0
                }
            } catch DatabaseError.conflict {
                continue
            }
        }
    }
}
