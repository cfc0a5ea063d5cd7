import Foundation
import SlipwayDomain
import SlipwayOIDC
import SlipwayTesting
import Testing

@testable import slipway

/// Where logins are kept, and from whom.
@Suite(.timeLimit(.minutes(15))) struct ServersFileTests {
    private typealias Failure = slipway.CommandFailure

    private static let address = "https://slipway.example.com"

    @Test func `a login that was kept is read again, by its owner alone`() async throws {
        try await withTemporaryDirectory { folder in
            let file = ServersFile(environment: ["XDG_CONFIG_HOME": folder])
            #expect(try file.logins().isEmpty)
            let server = try ServerAddress(Self.address)
            try await file.change { $0[server] = try Self.login() }
            let login = try #require(try file.logins()[server])
            #expect(login.token.revealed() == "access-1" && login.refreshToken?.revealed() == "refresh-1")
            #expect(login.expiresAt == Timestamp(microseconds: 1_893_456_000_000_000))
            #expect(login.provider == KeptLogin.Provider(issuer: "https://id.example.test", clientID: "cli"))
            #expect(try mode(of: file.path) == 0o600)
            #expect(try mode(of: folder + "/slipway") == 0o700)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660])
    func `a file that others can read is refused, and stays as it is`(_ mode: Int) async throws {
        try await withTemporaryDirectory { folder in
            let file = ServersFile(environment: ["XDG_CONFIG_HOME": folder])
            let server = try ServerAddress(Self.address)
            try await file.change { $0[server] = try Self.login() }
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
            let failure = #expect(throws: Failure.self) { _ = try file.logins() }
            #expect(failure?.status == .refused)
            #expect(failure?.description.contains("chmod 600 \(file.path)") == true)
            await #expect(throws: Failure.self) { try await file.change { $0 = [:] } }
            #expect(try String(contentsOfFile: file.path, encoding: .utf8).contains("refresh-1"))
        }
    }

    @Test func `what Slipway did not write is not written over`() async throws {
        try await withTemporaryDirectory { folder in
            let file = ServersFile(environment: ["XDG_CONFIG_HOME": folder])
            let server = try ServerAddress(Self.address)
            try await file.change { $0[server] = try Self.login() }
            for text in ["", "[]", #"{"servers": {"nowhere": {"token": "a"}}}"#, #"{"servers": {"https://a": {}}}"#] {
                try Data(text.utf8).write(to: URL(filePath: file.path))
                await #expect(throws: Failure.self, "\(text)") { try await file.change { $0 = [:] } }
                #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
            }
        }
    }

    @Test func `a change that fails leaves what was kept`() async throws {
        try await withTemporaryDirectory { folder in
            let file = ServersFile(environment: ["XDG_CONFIG_HOME": folder])
            let server = try ServerAddress(Self.address)
            try await file.change { $0[server] = try Self.login() }
            await #expect(throws: Failure.self) {
                try await file.change { logins in
                    logins = [:]
                    throw Failure(status: .fault, description: "in the middle")
                }
            }
            #expect(try file.logins().count == 1)
        }
    }

    @Test func `it stands in the configuration folder, or in the usual one`() {
        let path = { ServersFile(environment: $0).path }
        #expect(path(["XDG_CONFIG_HOME": "/x", "HOME": "/h"]) == "/x/slipway/servers.json")
        #expect(path(["XDG_CONFIG_HOME": "x", "HOME": "/h"]) == "/h/.config/slipway/servers.json")
        #expect(path(["HOME": "/h"]) == "/h/.config/slipway/servers.json")
    }

    @Test func `a token is over a little before its end, and one without an end never`() {
        var login = KeptLogin(token: Secret("a"))
        #expect(!login.isOver(at: Timestamp(microseconds: .max / 2)))
        login.expiresAt = Timestamp(microseconds: 100_000_000)
        #expect(!login.isOver(at: Timestamp(microseconds: 69_000_000)))
        #expect(login.isOver(at: Timestamp(microseconds: 70_000_000)))
    }

    private static func login() throws -> KeptLogin {
        let json: JSONValue = [
            "token": "access-1", "refreshToken": "refresh-1", "expiresAtSeconds": 1_893_456_000,
            "issuer": "https://id.example.test", "clientId": "cli",
        ]
        return try #require(KeptLogin(json))
    }

    private func mode(of path: String) throws -> Int {
        let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        return try #require(value as? NSNumber).intValue
    }
}
