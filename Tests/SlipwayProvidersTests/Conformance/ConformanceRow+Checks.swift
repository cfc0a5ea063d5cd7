import SlipwayDomain
import SlipwayLab

extension ConformanceRow {
    /// Every adapter.
    static let all = microsoft + checks

    /// The checks of providers of which nothing but a connection is known.
    private static let checks = [
        check("oidc", method: "POST", path: "/microsoft/") { fixture in
            let client = fixture.microsoft.application.clientID
            fixture.connect(to: "oidc", LabFixture.clientSecret(client), scopes: ["https://graph.example/.default"])
        },
        check("http", method: "GET", path: "/http/health", skip: 1) { fixture in
            fixture.connect(to: "http", .apiKey(SecretBytes(LabFixture.secret)))
        },
        check("http", method: "GET", path: "/http/health", skip: 1) { fixture in
            fixture.connect(to: "http", .basic(name: "ann", password: SecretBytes(LabFixture.secret)))
        },
    ]

    private static func check(
        _ provider: String, method: String, path: String, skip: Int = 0,
        _ prepare: @escaping @Sendable (LabFixture) async throws -> Void
    ) -> ConformanceRow {
        ConformanceRow(
            provider: provider, operation: "connection.check", item: { _ in "authenticate" }, path: path,
            method: method, effect: .none, prepare: prepare, isDone: nil, skip: skip,
            readsBody: provider != "http", renewsToken: false)
    }
}
