import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import SlipwayDomain
import SlipwayLab
import Testing

@Suite(.timeLimit(.minutes(15))) struct LabServerTests {
    @Test func `every answer is labelled, and the index says in large letters what it is`() async throws {
        try await LabFixture.with { fixture in
            for path in ["/", "/lab/faults", "/microsoft/v1.0/groups", "/nothing"] {
                let answer = try await HTTPClient.shared.execute(
                    HTTPClientRequest(url: fixture.base + path), timeout: .seconds(60))
                #expect(answer.headers.first(name: Lab.label.name) == Lab.label.value, "\(path)")
                let text = String(buffer: try await answer.body.collect(upTo: 1 << 20))
                if path == "/" { #expect(text.contains("<h1 style=\"font-size: 4rem\">THIS IS A STAND-IN</h1>")) }
            }
        }
    }

    @Test func `a reset ends the connection without an answer`() async throws {
        try await LabFixture.with { fixture in
            fixture.lab.faults.add(FaultRule(.resetBeforeEffect, path: "/microsoft"))
            let request = HTTPClientRequest(url: fixture.base + "/microsoft/v1.0/groups")
            await #expect(throws: HTTPClientError.remoteConnectionClosed) {
                _ = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
            }
        }
    }
}
