import Crypto
import CryptoExtras
import SlipwayDomain
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct LegacyAdoptionTests {
    private static let keyBytes = [UInt8](repeating: 7, count: 32)
    private static let keyText = "base64:" + Base64.text(keyBytes)

    /// As the application wrote it.
    private static func encrypted(_ secret: String, under key: [UInt8] = keyBytes) throws -> String {
        let iv = [UInt8](repeating: 3, count: 16)
        let value = try AES._CBC.encrypt(
            Array(secret.utf8), using: SymmetricKey(data: key), iv: AES._CBC.IV(ivBytes: iv))
        let (ivText, valueText) = (Base64.text(iv), Base64.text(Array(value)))
        let mac = HMAC<SHA256>.authenticationCode(
            for: Array((ivText + valueText).utf8), using: SymmetricKey(data: key))
        let json: JSONValue = [
            "iv": .string(ivText), "value": .string(valueText), "mac": .string(Hex.text(mac)), "tag": "",
        ]
        return Base64.text(try json.canonicalBytes)
    }

    private static func lines() throws -> [JSONValue] {
        let sealed = try encrypted("секрет")
        return [
            [
                "name": "moves", "tenant_id": "d1", "app_client_id": "client", "app_client_secret": .string(sealed),
                "app_notes": "old",
            ],
            ["name": "external", "external_id": "d2", "app_client_id": "c", "app_client_secret": .string(sealed)],
            ["name": "no directory", "app_client_id": "c", "app_client_secret": .string(sealed)],
            ["name": "no client", "tenant_id": "d4", "app_client_secret": .string(sealed)],
            ["name": "no secret", "tenant_id": "d5", "app_client_id": "c"],
            ["name": "certificate", "tenant_id": "d6", "app_client_id": "c", "app_certificate_thumbprint": "AB"],
            [
                "name": "other key", "tenant_id": "d7", "app_client_id": "c",
                "app_client_secret": .string(try encrypted("s", under: [UInt8](repeating: 8, count: 32))),
            ],
            ["name": "notes", "tenant_id": "d8", "app_notes": "call before noon"],
            ["name": "nothing", "tenant_id": "d9"],
        ]
    }

    @Test(arguments: Backend.enabled)
    func `what can move moves whole, what cannot is named, and again changes nothing`(
        on backend: Backend
    ) async throws {
        try await ConnectionFixture.with(backend) { on in
            let context = on.fixture.context()
            for line in try Self.lines() {
                _ = try await TenantImport(on.fixture.changes).add(try TenantImport.Line(line), context)
            }
            let adoption = LegacyAdoption(on.connections, on.credentials(), CredentialSealer(on.ring))
            let key = try #require(LegacyKey(Self.keyText))
            let plan = try await adoption.plan(key, context)
            #expect(plan.count == 8)
            var outcomes: [String: LegacyAdoption.Outcome] = [:]
            for entry in plan {
                outcomes[entry.fields.name] = try await adoption.adopt(entry.fields.tenant, key, context)
            }
            let left = outcomes.compactMapValues { outcome -> LegacyObstacle? in
                if case .left(let obstacle) = outcome { obstacle } else { nil }
            }
            #expect(
                left == [
                    "no directory": .noDirectory, "no client": .noClientID, "no secret": .noSecret,
                    "certificate": .certificateWithoutKey, "other key": .secretDoesNotOpen, "notes": .notesAlone,
                ])
            #expect(try await adoption.plan(key, context).map(\.fields.name).sorted() == left.keys.sorted())
            try await Self.expectMoved("moves", on)
            try await Self.expectMoved("external", on)
            let again = try await adoption.adopt(try #require(plan.first).fields.tenant, key, context)
            #expect(again == .nothing)
            #expect(try await on.connections.all(context).count == 2)
        }
    }

    private static func expectMoved(_ tenant: String, _ on: ConnectionFixture) async throws {
        let record = try #require(try await on.connections.all(tenant: tenant, on.fixture.context()).first)
        #expect(record.isDefault)
        let access = try await on.access(record, with: on.reads()).get()
        #expect(access.credential.secret.matches(SecretBytes("секрет")))
    }

    @Test(arguments: Backend.enabled)
    func `a connection with another credential is left alone`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let context = on.fixture.context()
            let line = try TenantImport.Line(try #require(try Self.lines().first))
            let tenant = try await TenantImport(on.fixture.changes).add(line, context)
            let connection = try await on.connections.add(
                Connections.Draft(tenant: tenant.description, provider: "microsoft"), context)
            try await on.put("another", on: connection.id)
            let adoption = LegacyAdoption(on.connections, on.credentials(), CredentialSealer(on.ring))
            let key = try #require(LegacyKey(Self.keyText))
            #expect(try await adoption.adopt(tenant, key, context) == .left(.otherCredential))
            try await on.put("секрет", on: connection.id)
            #expect(try await adoption.adopt(tenant, key, context) == .cleared)
            #expect(try await adoption.left(context) == 0)
        }
    }

    @Test(arguments: Backend.enabled)
    func `stopped after writing over and before taking away, the next run takes away`(on backend: Backend) async throws
    {
        try await ConnectionFixture.with(backend) { on in
            let context = on.fixture.context()
            let line = try TenantImport.Line(try #require(try Self.lines().first))
            let tenant = try await TenantImport(on.fixture.changes).add(line, context)
            let isDone = try await on.fixture.database.write { transaction in
                let scope = AccessScope(workspace: on.fixture.workspace, entitlement: .workspace)
                let fields = try #require(try LegacyStore.fields(of: tenant, in: scope, transaction))
                return try LegacyStore.overwrite(fields, transaction)
            }
            #expect(isDone)
            let adoption = LegacyAdoption(on.connections, on.credentials(), CredentialSealer(on.ring))
            let key = try #require(LegacyKey(Self.keyText))
            #expect(try await adoption.adopt(tenant, key, context) == .cleared)
            #expect(try await adoption.left(context) == 0)
        }
    }

    @Test(arguments: Backend.enabled)
    func `no start reads the old fields`(on backend: Backend) async throws {
        try await ConnectionFixture.with(backend) { on in
            let line = try TenantImport.Line(try #require(try Self.lines().first))
            let tenant = try await TenantImport(on.fixture.changes).add(line, on.fixture.context())
            // Only the old fields could connect it: every start is blocked for want of a connection.
            for operation in on.fixture.registry.all where operation.needsConnection {
                let request = StartRequest(
                    operation: operation, workspace: on.fixture.workspace, tenant: tenant, surface: "test",
                    initiator: Initiator(kind: .operator, name: "olena"))
                let answer = try await on.fixture.gate().preflight(request)
                guard case .blocked(let blockers) = answer.decision else {
                    Issue.record("\(operation.type) found something to connect with")
                    continue
                }
                #expect(blockers.first?.reason == .connectionMissing)
            }
        }
    }
}
