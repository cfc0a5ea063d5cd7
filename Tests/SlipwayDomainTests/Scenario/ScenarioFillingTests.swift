import SlipwayDomain
import Testing

/// Generated rows, and who may write and read what.
@Suite(.timeLimit(.minutes(15))) struct ScenarioFillingTests {
    @Test(arguments: [1, 7, 100, 2500])
    func `so many rows are made as were asked for, the same each time`(_ rows: Int) throws {
        let parts = try ScenarioFilling(seed: 3, rows: rows).parts()
        #expect(parts.reduce(0) { $0 + $1.drafts.count } == rows)
        #expect(parts.allSatisfy { (1...ScenarioWrite.mostRows).contains($0.drafts.count) })
        let again = try ScenarioFilling(seed: 3, rows: rows).parts()
        #expect(parts.map(\.drafts) == again.map(\.drafts))
        let other = try ScenarioFilling(seed: 4, rows: rows).parts()
        #expect(parts.map(\.drafts) != other.map(\.drafts))
        for part in parts {
            let writing = try #require(part.collection.writing)
            #expect(part.actor.role.capabilities.contains(writing), "\(part.collection) by \(part.actor.id)")
        }
        let ids = parts.flatMap { part in part.drafts.map { part.collection.rawValue + $0.id } }
        #expect(Set(ids).count == rows)
    }

    @Test func `each of the five writes and reads what is theirs`() {
        let table = ScenarioActor.all.map { actor in
            let role = Role(actor.role)
            let collections = ScenarioCollection.allCases.compactMap { collection -> String? in
                let write = collection.writing.map { role.capabilities.contains($0) } ?? false
                let read =
                    ["everything": "r", "own": "o", "nothing": "-"]["\(collection.reach(role.capabilities))"] ?? "?"
                return write || read != "-" ? "\(collection.rawValue) \(read)\(write ? "w" : "-")" : nil
            }
            return "\(role.name): \(collections.joined(separator: ", "))"
        }
        #expect(
            table == [
                "md: tenants r-, users r-, orders r-, client_requests r-, dispatch r-, ksef_documents r-, payments r-, "
                    + "risk_events r-, audit_events r-, scenario_snapshots r-",
                "dispatcher: tenants r-, users r-, orders rw, driver_events r-, client_requests r-, dispatch rw, "
                    + "risk_events ow",
                "accountant: tenants r-, users r-, orders r-, client_requests r-, dispatch r-, ksef_documents rw, "
                    + "payments rw",
                "driver: driver_events ow",
                "client: client_requests ow",
            ])
    }

    @Test func `every counted collection stands in its batch`() {
        let batches = Dictionary(grouping: ScenarioCollection.allCases, by: \.batch).mapValues { $0.map(\.rawValue) }
        #expect(
            batches == [
                .tenant: ["tenants", "users"],
                .operations: ["orders", "driver_events", "client_requests", "dispatch"],
                .finance: ["ksef_documents", "payments"],
                .audit: ["risk_events", "audit_events", "scenario_snapshots"],
            ])
        #expect(ScenarioCollection.counted.map(\.rawValue) == ScenarioCollection.counted.map(\.rawValue).sorted())
    }
}
