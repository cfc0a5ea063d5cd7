import SlipwayDomain
import Testing

@testable import SlipwayOIDC

/// A provider without a socket: it answers what it was told to, and remembers what it was asked.
actor ScriptedProvider: Fetch {
    typealias Script = @Sendable (FetchRequest) throws -> FetchAnswer

    private var scripts: [ProviderDocument: Script]
    private var turns: [ProviderDocument: [Script]] = [:]
    private(set) var requests: [FetchRequest] = []

    /// With all the keys, and discovery as a good provider has it.
    init() throws {
        let keys = try Forge.keys()
        scripts = [
            .discovery: { _ in Self.json(Self.document) },
            .keys: { _ in Self.json(["keys": .array(keys)]) },
        ]
    }

    static let document: JSONValue = [
        "issuer": .string(Forge.issuer),
        "authorization_endpoint": "https://id.example.test/authorize?tenant=1",
        "token_endpoint": "https://id.example.test/token",
        "jwks_uri": "https://id.example.test/keys",
        "end_session_endpoint": "https://id.example.test/logout",
        "response_types_supported": ["code", "id_token"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "authorization_response_iss_parameter_supported": true,
    ]

    static func document(_ changes: [String: JSONValue?]) -> JSONValue {
        var members = document.objectValue ?? [:]
        for (name, value) in changes { members[name] = value }
        return .object(members)
    }

    static func json(_ value: JSONValue, status: Int = 200) -> FetchAnswer {
        FetchAnswer(status: status, body: (try? value.canonicalBytes) ?? [])
    }

    func answer(_ document: ProviderDocument, _ script: @escaping Script) {
        scripts[document] = script
    }

    func answer(_ document: ProviderDocument, with value: JSONValue, status: Int = 200) {
        scripts[document] = { _ in Self.json(value, status: status) }
    }

    /// One after another, before what is answered otherwise.
    func answer(_ document: ProviderDocument, inTurn scripts: [Script]) {
        turns[document] = scripts
    }

    func count(of document: ProviderDocument) -> Int {
        requests.count { $0.document == document }
    }

    func fetch(_ request: FetchRequest) async throws -> FetchAnswer {
        requests.append(request)
        if let turn = turns[request.document]?.first {
            turns[request.document]?.removeFirst()
            return try turn(request)
        }
        guard let script = scripts[request.document] else {
            throw ProviderUnavailable(request.document, .unreachable("nobody is there"))
        }
        return try script(request)
    }
}
