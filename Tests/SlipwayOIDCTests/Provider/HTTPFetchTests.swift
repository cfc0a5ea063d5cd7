import AsyncHTTPClient
import Testing

@testable import SlipwayOIDC

/// The real client against a server that misbehaves.
@Suite(.timeLimit(.minutes(15))) struct HTTPFetchTests {
    @Test func `an answer comes with its status and body`() async throws {
        let answer = try await fetch("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}")
        #expect(answer.status == 400)
        #expect(answer.body == Array("{}".utf8))
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        try await RawServer.with("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret") { other in
            let answer = try await fetch("HTTP/1.1 302 Found\r\nLocation: \(other)\r\nContent-Length: 0\r\n\r\n")
            #expect(answer.status == 302)
            #expect(answer.body.isEmpty)
        }
    }

    @Test func `a client that does follow redirects is found out`() async throws {
        try await RawServer.with("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret") { other in
            _ = await #expect(throws: ProviderRefusal.redirected(.keys)) {
                let answer = "HTTP/1.1 302 Found\r\nLocation: \(other)\r\nContent-Length: 0\r\n\r\n"
                _ = try await fetch(answer, configuration: HTTPClient.Configuration())
            }
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1_048_577),
    ])
    func `more than a mebibyte is not read`(_ answer: String) async throws {
        await #expect(throws: ProviderRefusal.answerTooLarge(.keys)) { _ = try await fetch(answer, closes: false) }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
    ])
    func `an answer that stops in the middle ends with the time limit`(_ answer: String) async throws {
        await #expect(throws: ProviderUnavailable(.keys, .timedOut)) {
            _ = try await fetch(answer, closes: false, timeLimit: .milliseconds(200))
        }
    }

    @Test(arguments: ["", "no HTTP at all\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
    func `a broken answer is a provider that is unavailable`(_ answer: String) async throws {
        await #expect(throws: ProviderUnavailable.self) { _ = try await fetch(answer) }
    }

    @Test func `nobody at the address is a provider that is unavailable, without a wait`() async throws {
        let address = try await RawServer.with("") { $0 }
        let start = ContinuousClock.now
        await #expect(throws: ProviderUnavailable.self) { _ = try await fetch(from: address, timeLimit: .seconds(300)) }
        #expect(ContinuousClock.now - start < .seconds(240))
    }

    private func fetch(
        _ answer: String, closes: Bool = true, timeLimit: Duration = .seconds(300),
        configuration: HTTPClient.Configuration = HTTPFetch.configuration
    ) async throws -> FetchAnswer {
        try await RawServer.with(answer, closes: closes) { address in
            try await fetch(from: address, timeLimit: timeLimit, configuration: configuration)
        }
    }

    private func fetch(
        from address: String, timeLimit: Duration = .seconds(300),
        configuration: HTTPClient.Configuration = HTTPFetch.configuration
    ) async throws -> FetchAnswer {
        let client = HTTPClient(configuration: configuration)
        do {
            let answer = try await HTTPFetch(client, timeLimit: timeLimit).fetch(FetchRequest(.keys, at: address))
            try await client.shutdown()
            return answer
        } catch {
            try await client.shutdown()
            throw error
        }
    }
}
