import SlipwayDomain
import SlipwayLab
import SlipwayTesting

/// A stood-in Microsoft that is asked without a network.
struct LabMicrosoft: Sendable {
    let microsoft: MicrosoftLab
    let lab: Lab
    let clock: ManualClock

    static let secret = "good-secret"

    init(_ seed: DirectorySeed = DirectorySeed(tenants: 1, groups: 7), certificates: [ClientCertificate] = []) {
        clock = ManualClock()
        let application = RegisteredApplication(
            clientID: seed.application, secret: SecretBytes(Self.secret),
            expiredSecret: SecretBytes("old-secret"), certificates: certificates)
        microsoft = MicrosoftLab(seed, application: application, clock: clock)
        lab = Lab([microsoft]) { _ in }
    }

    var tenant: LabTenant { microsoft.tenants[0] }

    /// Throws when the connection ends without an answer.
    func ask(
        _ method: String, _ path: String, query: [String: String] = [:], headers: [String: String] = [:],
        body: [UInt8] = []
    ) async throws -> (status: Int, headers: [String: String], json: JSONValue?) {
        let request = LabRequest(
            method: method, path: path.split(separator: "/").map(String.init), query: query, headers: headers,
            body: body)
        guard case .answer(let answer) = await lab.respond(to: request) else { throw CancellationError() }
        let fields = Dictionary(answer.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
        return (answer.status, fields, try? JSONValue(parsing: answer.body))
    }

    func token(
        tenant: String? = nil, client: String? = nil, _ proof: [(name: String, value: String)]? = nil
    ) async throws -> (status: Int, json: JSONValue?) {
        let fields =
            [
                ("grant_type", "client_credentials"), ("client_id", client ?? microsoft.application.clientID),
                ("scope", "https://graph.microsoft.com/.default"),
            ] + (proof ?? [("client_secret", Self.secret)])
        let answer = try await ask(
            "POST", "microsoft/\(tenant ?? self.tenant.id)/oauth2/v2.0/token", body: Array(Form.text(fields).utf8))
        return (answer.status, answer.json)
    }

    /// Reads from Graph with a good token.
    func graph(
        _ path: String, query: [String: String] = [:], headers: [String: String] = [:]
    ) async throws -> (status: Int, headers: [String: String], json: JSONValue?) {
        try await graph("GET", path, query: query, headers: headers)
    }

    /// Asks Graph with a good token.
    func graph(
        _ method: String, _ path: String, query: [String: String] = [:], headers: [String: String] = [:],
        json: JSONValue? = nil
    ) async throws -> (status: Int, headers: [String: String], json: JSONValue?) {
        let token = try await token().json?["access_token"]?.stringValue ?? ""
        return try await ask(
            method, "microsoft/v1.0/\(path)", query: query,
            headers: headers.merging(["authorization": "Bearer \(token)"]) { $1 },
            body: try json?.canonicalBytes ?? [])
    }

    /// Follows the links of a collection to its end.
    func walk(
        _ path: String, query: [String: String] = [:], headers: [String: String] = [:]
    ) async throws -> (pages: [[JSONValue]], delta: String?) {
        var pages: [[JSONValue]] = []
        var query = query
        while true {
            let page = try await graph(path, query: query, headers: headers).json
            pages.append(page?["value"]?.arrayValue ?? [])
            guard let link = page?["@odata.nextLink"]?.stringValue else {
                return (pages, page?["@odata.deltaLink"]?.stringValue)
            }
            query = Self.query(of: link)
        }
    }

    static func query(of link: String) -> [String: String] {
        let parts = link.split(separator: "?", maxSplits: 1).last?.split(separator: "=", maxSplits: 1) ?? []
        return parts.count == 2 ? [String(parts[0]): String(parts[1])] : [:]
    }
}
