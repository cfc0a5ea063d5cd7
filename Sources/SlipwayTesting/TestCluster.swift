package import SlipwayPostgres

/// The one PostgreSQL of a test process: started when the first test asks, gone with the process.
///
/// Nothing written to it outlives the tests, so it does not wait for the disk.
package actor TestCluster {
    package static let shared = TestCluster()

    private static let settings = [
        "autovacuum": "off", "fsync": "off", "full_page_writes": "off", "max_connections": "500",
        "synchronous_commit": "off",
    ]

    private var started: Result<PrivateCluster, any Error>?
    private var isStarting = false
    private var waiting: [CheckedContinuation<PrivateCluster, any Error>] = []
    private var databases = 0

    private init() {}

    /// The cluster, started by the first caller while the others wait. A start that failed fails for all.
    package func cluster() async throws -> PrivateCluster {
        if let started { return try started.get() }
        if isStarting {
            return try await withCheckedThrowingContinuation { waiting.append($0) }
        }
        isStarting = true
        let result: Result<PrivateCluster, any Error>
        do {
            result = .success(try await PrivateCluster.start(settings: Self.settings))
        } catch {
            result = .failure(error)
        }
        started = result
        for continuation in waiting { continuation.resume(with: result) }
        waiting = []
        return try result.get()
    }

    /// Lends a fresh, empty database by its URL, and drops it afterwards, also when the body throws.
    ///
    /// Connections the body left open are cut. The URL logs in as the superuser by the socket; `cluster()` gives
    /// URLs for other roles.
    nonisolated(nonsending) package func withDatabase<Result>(
        _ body: (_ url: String) async throws -> Result
    ) async throws -> Result {
        let cluster = try await cluster()
        let name = await nextName()
        try await administer("CREATE DATABASE \(name) TEMPLATE template0", cluster)
        let result: Result
        do {
            result = try await body(cluster.url(database: name))
        } catch {
            // The body's error is the one to see; what cannot be dropped goes with the cluster.
            try? await administer("DROP DATABASE \(name) WITH (FORCE)", cluster)
            throw error
        }
        try await administer("DROP DATABASE \(name) WITH (FORCE)", cluster)
        return result
    }

    /// Over a connection and not by a program: some thousand databases are made in a run of the tests.
    private func administer(_ statement: String, _ cluster: PrivateCluster) async throws {
        let address = try PostgresAddress(cluster.url(database: "postgres"))
        try await PostgresSession(address).run { try $0.run(statement) }
    }

    private func nextName() -> String {
        databases += 1
        return "test_\(databases)"
    }
}
