import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import SlipwayDomain
import SlipwayOIDC

/// A server elsewhere, over the network.
struct RemoteServer: Sendable {
    /// The longest answer that is read as a whole.
    private static let sizeLimit = 1 << 20

    let address: ServerAddress
    private let client: HTTPClient

    init(_ address: ServerAddress, _ client: HTTPClient) {
        self.address = address
        self.client = client
    }

    /// Lends a client that follows no redirect, reads no proxy from the environment, and lets go of whoever says nothing
    /// for a minute.
    static func withClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
        var configuration = HTTPFetch.configuration
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = .seconds(60)
        return try await HTTPClient.withHTTPClient(configuration: configuration) { try await body($0) }
    }

    /// Sends a request; the answer's body comes as it is read. Throws `unreachable` when there is no answer.
    func send(_ request: ServerRequest, _ token: Secret?) async throws -> HTTPClientResponse {
        var message = HTTPClientRequest(url: address.description + request.path)
        message.method = HTTPMethod(rawValue: request.method)
        message.headers.add(name: "User-Agent", value: "slipway")
        if !request.headers.contains(where: { $0.name.lowercased() == "accept" }) {
            message.headers.add(name: "Accept", value: "application/json")
        }
        if let token { message.headers.add(name: "Authorization", value: "Bearer \(token.revealed())") }
        for header in request.headers { message.headers.add(name: header.name, value: header.value) }
        if let body = request.body {
            message.headers.add(name: "Content-Type", value: "application/json")
            message.body = .bytes(body)
        }
        return try await reached { try await client.execute(message, timeout: .minutes(1)) }
    }

    /// Sends a request and reads the whole answer.
    func answer(to request: ServerRequest, _ token: Secret?) async throws -> ServerAnswer {
        try await whole(try await send(request, token))
    }

    /// Reads the rest of an answer.
    func whole(_ response: HTTPClientResponse) async throws -> ServerAnswer {
        let body = try await reached { try await response.body.collect(upTo: Self.sizeLimit) }
        return ServerAnswer(status: Int(response.status.code), body: Array(body.readableBytesView))
    }

    /// Hands on the rest of an answer piece by piece.
    func pieces(of response: HTTPClientResponse, _ take: ([UInt8]) throws -> Void) async throws {
        try await reached {
            for try await piece in response.body { try take(Array(piece.readableBytesView)) }
        }
    }

    private func reached<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CommandFailure {
            throw error
        } catch {
            try Task.checkCancellation()
            throw CommandFailure(
                status: .unreachable,
                description: "\(address) cannot be reached: \(Printable.text("\(error)", limit: 200))")
        }
    }
}
