import SlipwayDomain
import SlipwayTesting
import SlipwayYAML
import Testing

@testable import SlipwayCutover

/// What a plan makes of a schema with a bit of everything: the manifest and the runbook, as a reviewer sees them.
@Suite struct PlannerTests {
    private static let schema = """
        CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
            balance DECIMAL(10,2) NOT NULL DEFAULT 0, is_active BOOLEAN DEFAULT 1, seen_at DATETIME, born DATE,
            profile JSON, photo BLOB, score REAL, external UUID, full_name TEXT AS (email || '!') STORED);
        CREATE TABLE "Order" (number TEXT NOT NULL, tenant_id TEXT NOT NULL, user_id INTEGER REFERENCES users ON DELETE CASCADE,
            "select" TEXT DEFAULT 'it''s', PRIMARY KEY (tenant_id, number)) WITHOUT ROWID;
        CREATE INDEX order_user ON "Order" (user_id);
        CREATE INDEX order_open ON "Order" (user_id) WHERE "select" IS NULL;
        CREATE VIEW people AS SELECT email FROM users;
        INSERT INTO users (tenant_id, email, balance, seen_at, born, profile, photo, score, external) VALUES
            ('a', 'x@example.com', 12.5, '2024-01-02T03:04:05.250Z', '1999-12-31', '{"a": 1}', x'00ff', 0.1,
             '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
        """

    @Test func `a plan names every column's type, key and relation`() async throws {
        try await SourceFixture.withSource(Self.schema) { path in
            let source = try OpenSource(path: path)
            let request = PlanRequest(
                name: "Shop 1", sourceKind: .sqlite, sourcePath: "shop.sqlite", targetURL: "postgres://host/db",
                tenant: .column("tenant_id"))
            let planner = Planner(request, file: source.file, schema: source.schema)
            let manifest = try planner.manifest()
            expectSnapshot(planner.text(of: manifest), named: "manifest")
            expectSnapshot(RunbookText.text(of: manifest, sourceDigest: nil, rows: nil), named: "runbook")
            #expect(try CutoverJob.manifest(from: planner.text(of: manifest)) == manifest)
        }
    }

    @Test(arguments: [
        "CREATE TABLE \"caf\u{E9}\" (id INTEGER PRIMARY KEY); CREATE TABLE \"cafe\u{301}\" (id INTEGER PRIMARY KEY)",
        "CREATE TABLE menu (id INTEGER PRIMARY KEY, \"caf\u{E9}\" TEXT, \"cafe\u{301}\" TEXT)",
    ])
    func `names that only their bytes tell apart are refused`(schema: String) async throws {
        try await SourceFixture.withSource(schema) { path in
            let refusal = #expect(throws: CutoverError.self) { try OpenSource(path: path) }
            #expect(refusal?.description.contains("differ only in how the letters are encoded: rename one") == true)
        }
    }

    @Test func `a constant tenant leads every key`() async throws {
        try await SourceFixture.withSource(Self.schema) { path in
            let source = try OpenSource(path: path)
            let request = PlanRequest(
                name: "shop", sourceKind: .sqlite, sourcePath: "shop.sqlite", targetURL: "postgres://host/db",
                tenant: .constant("acme"), names: .lower)
            let planner = Planner(request, file: source.file, schema: source.schema)
            expectSnapshot(
                RunbookText.text(of: try planner.manifest(), sourceDigest: nil, rows: nil), named: "runbook-constant")
        }
    }

    @Test(arguments: [
        ("manifest: SlipwayCutoverManifest.v1\ncutover: a\nsorce: {}\n", "sorce: unknown key"),
        ("", "empty"), ("a: [", "not YAML"),
        ("manifest: v0\ncutover: a\nsource: {}\ntarget: {}\ntables: {}\n", "reads"),
        ("- a\n", "must be a map"), ("manifest: SlipwayCutoverManifest.v1\n", "`cutover:` is missing"),
    ])
    func `a manifest that cannot be obeyed is refused with its place`(text: String, problem: String) {
        let error = #expect(throws: DocumentError.self) { try CutoverJob.manifest(from: text) }
        #expect(error?.description.contains(problem) ?? false, "\(String(describing: error))")
    }
}
