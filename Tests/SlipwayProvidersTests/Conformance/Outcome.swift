import SlipwayDomain
import SlipwayTesting
import Testing

/// What performing an item came to.
struct Outcome: Sendable, CustomStringConvertible {
    let result: ItemResult?
    let failure: AdapterFailure?

    init(of row: ConformanceRow, _ item: String, _ fixture: LabFixture) async {
        do {
            result = try await fixture.perform(row.operation, item)
            failure = nil
        } catch {
            result = nil
            failure = error as? AdapterFailure
        }
    }

    /// Nil when it was cancelled, or failed in another way than adapters may.
    var kind: ConformanceRow.Expected? {
        switch failure {
        case nil: result?.status == .succeeded ? .success : nil
        case .transient?: .transient
        case .terminal?: .terminal
        case .unknown?: .unknown
        case .cancelled?: nil
        }
    }

    var description: String {
        let facts = result.flatMap { try? $0.facts.canonicalBytes }.map { String(decoding: $0, as: UTF8.self) }
        return "\(String(describing: failure)) \(String(describing: result?.status)) \(facts ?? "")"
    }

    /// Looks for every secret in all that is thrown, returned, found and logged.
    func expectNoSecret(_ fixture: LabFixture) throws {
        var texts = [description, String(reflecting: failure)]
        texts += fixture.records.findings.map { String(reflecting: $0) }
        texts += fixture.logs.all
        // A log that nothing is written to would hide nothing.
        try #require(!fixture.logs.all.isEmpty)
        for secret in [LabFixture.secret, Form.encoded(LabFixture.secret), "Bearer ", "lab."] {
            #expect(!texts.contains { $0.contains(secret) }, "\(secret) shows")
        }
    }
}
