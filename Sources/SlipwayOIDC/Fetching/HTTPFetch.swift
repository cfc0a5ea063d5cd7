package import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Asks over the network, with a client that was handed in. It sends no cookie and reads no proxy from the environment.
package struct HTTPFetch: Fetch {
    /// The longest body that is read.
    package static let sizeLimit = 1 << 20

    private let client: HTTPClient
    private let timeLimit: Duration

    /// `client` is made with `configuration`. The time limit holds for a whole answer, however slowly it drips.
    package init(_ client: HTTPClient, timeLimit: Duration = .seconds(10)) {
        self.client = client
        self.timeLimit = timeLimit
    }

    /// A client of these settings follows no redirect, so that an answer is from where it was asked for, and says at
    /// once when nobody is there.
    package static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.proxy = nil
        configuration.decompression = .disabled
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    package func fetch(_ request: FetchRequest) async throws -> FetchAnswer {
        try await withThrowingTaskGroup(of: FetchAnswer.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await answer(to: request) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                throw ProviderUnavailable(request.document, .timedOut)
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func answer(to request: FetchRequest) async throws -> FetchAnswer {
        do {
            let response = try await client.execute(message(for: request), timeout: .init(timeLimit))
            guard response.history.count <= 1 else { throw ProviderRefusal.redirected(request.document) }
            let body = try await response.body.collect(upTo: Self.sizeLimit)
            return FetchAnswer(status: Int(response.status.code), body: Array(body.readableBytesView))
        } catch let refusal as ProviderRefusal {
            throw refusal
        } catch is NIOTooManyBytesError {
            throw ProviderRefusal.answerTooLarge(request.document)
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw ProviderUnavailable(request.document, .timedOut)
        } catch {
            try Task.checkCancellation()
            throw ProviderUnavailable(request.document, .unreachable(String("\(error)".prefix(200))))
        }
    }

    private func message(for request: FetchRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: request.url)
        message.headers.add(name: "Accept", value: "application/json")
        message.headers.add(name: "User-Agent", value: "slipway")
        if let authorization = request.authorization {
            message.headers.add(name: "Authorization", value: authorization.revealed())
        }
        if let form = request.form {
            message.method = .POST
            message.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            message.body = .bytes(ByteBuffer(string: form))
        }
        return message
    }
}
