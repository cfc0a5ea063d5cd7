import SlipwaySQL
import Testing

@testable import SlipwayStore

/// No transaction reaches a row outside of its scope, whatever it says.
@Suite(.timeLimit(.minutes(15))) struct RowSecurityTests {
    /// Tables that are nobody's in particular. A name that is not needed here any more fails too.
    private static let exempt = ["slipway_migrations": "the names of migrations, which the program has as well"]

    /// Scopes that do not reach what is tenant 2's.
    private static let foreign: [RowScope] = [
        .none, .workspace(1, tenants: [1]), .workspace(1, tenants: []), .workspace(2), .workspace(2, tenants: [2, 3]),
    ]

    @Test func `every table is under forced row security with a policy for reading and for writing`() async throws {
        try await RowSecurityFixture.with { fixture in
            let rows = try await fixture.owner.read { transaction in
                try transaction.query(
                    """
                    SELECT CAST(c.relname AS TEXT) AS name,
                        CASE WHEN c.relrowsecurity AND c.relforcerowsecurity THEN 1 ELSE 0 END AS forced,
                        (SELECT COUNT(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
                        (SELECT COUNT(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*'
                            AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL) AS complete
                    FROM pg_class c WHERE c.relnamespace = CAST('public' AS REGNAMESPACE) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    """
                ).map { row in
                    (
                        name: try row.text("name"), forced: try row.integer("forced") == 1,
                        policies: [try row.integer("policies"), try row.integer("complete")]
                    )
                }
            }
            let open = rows.filter { !$0.forced || $0.policies != [1, 1] }.map(\.name)
            #expect(open.sorted() == Self.exempt.keys.sorted(), "put them into RowSecurity.tables")
            let names = Set(rows.map(\.name)).subtracting(Self.exempt.keys)
            #expect(names == Set(RowSecurity.tables.map(\.table)))
            #expect(names == Set(SampleRows.all.map(\.table)), "each table has rows to try it with")
        }
    }

    @Test func `what is another's cannot be read, changed, deleted or added to`() async throws {
        try await RowSecurityFixture.with { fixture in
            for rows in SampleRows.all {
                for scope in Self.foreign {
                    let place = "\(rows.table) in \(scope)"
                    #expect(try await fixture.count(rows, of: .second, in: scope) == 0, "\(place)")
                    for statement in Self.writes(to: rows, of: .second) {
                        let outcome = try await fixture.attempt(statement, in: scope)
                        #expect(outcome == .rows(0) || outcome == .refused, "\(place)")
                    }
                    let added = try await fixture.attempt(rows.insert(.second, 900), in: scope)
                    #expect(added == .refused, "\(place)")
                }
            }
        }
    }

    @Test func `what is one's own is there, and can be added to`() async throws {
        try await RowSecurityFixture.with { fixture in
            for rows in SampleRows.all {
                let scopes: [RowScope] =
                    switch rows.reach {
                    case .tenant: [.workspace(1, tenants: [2]), .workspace(1), .system]
                    case .workspace: [.workspace(1), .system]
                    case .system: [.system]
                    }
                for scope in scopes {
                    #expect(try await fixture.count(rows, of: .second, in: scope) == 1, "\(rows.table) in \(scope)")
                    // A workspace and a tenant are made by whoever is above them.
                    let isItself = rows.column == "id" && rows.table != "members" && scope != .system
                    guard !isItself else { continue }
                    let added = try await fixture.attempt(rows.insert(.second, 900), in: scope)
                    #expect(added == .rows(1) || added == .taken, "\(rows.table) in \(scope)")
                }
            }
            let tenant = try await fixture.attempt(
                "INSERT INTO tenants VALUES (900, 1, 'new', NULL, NULL, 0)", in: .workspace(1))
            #expect(tenant == .rows(1))
        }
    }

    @Test func `what is one's own cannot be given to another`() async throws {
        try await RowSecurityFixture.with { fixture in
            for rows in SampleRows.all where rows.reach == .tenant {
                let given = try await fixture.attempt(
                    """
                    UPDATE \(identifier: rows.table) SET \(identifier: rows.column) = \(rows.value(.second))
                    WHERE \(sql: rows.isOf(.first))
                    """, in: .workspace(1, tenants: [1]))
                #expect(given == .refused, "\(rows.table)")
            }
        }
    }

    @Test func `what is kept as evidence is only added to`() async throws {
        try await RowSecurityFixture.with { fixture in
            let kept = SampleRows.all.filter { ["access_log", "evidence", "run_events"].contains($0.table) }
            #expect(kept.count == 3)
            for rows in kept {
                for statement in Self.writes(to: rows, of: .second) {
                    #expect(try await fixture.attempt(statement, in: .system) == .refused, "\(rows.table)")
                }
            }
            let placed = try await fixture.attempt(
                "UPDATE access_log SET position = 1, digest = 'x' WHERE id = 2", in: .system)
            #expect(placed == .rows(1))
        }
    }

    private static func writes(to rows: SampleRows, of side: Side) -> [SQL] {
        [
            """
            UPDATE \(identifier: rows.table) SET \(identifier: rows.column) = \(identifier: rows.column)
            WHERE \(sql: rows.isOf(side))
            """,
            "DELETE FROM \(identifier: rows.table) WHERE \(sql: rows.isOf(side))",
        ]
    }
}
