import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import SlipwayDomain
import SlipwayProviders

/// Sends requests over a plain HTTP client: without the guards that production has, and with the same account of what
/// went wrong.
struct PlainCalls: ProviderCalls {
    let client: HTTPClient
    let logger: Logger
    /// Ends a wait for an answer that the lab holds back.
    let givesUp: @Sendable () async -> Void

    func send(
        _ request: ProviderRequest, for access: ConnectionAccess, with permit: borrowing DispatchPermit
    ) async throws(CallFailure) -> ProviderResponse {
        let first = await withTaskGroup(of: Result<ProviderResponse, CallFailure>?.self) { group in
            group.addTask { await answer(to: request) }
            group.addTask {
                await givesUp()
                return Task.isCancelled ? nil : .failure(.noAnswer("timed out"))
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        guard let first else { throw .cancelled }
        return try first.get()
    }

    private func answer(to request: ProviderRequest) async -> Result<ProviderResponse, CallFailure> {
        do {
            let response = try await client.execute(message(request), timeout: .seconds(60), logger: logger)
            let body = try await response.body.collect(upTo: 1 << 22)
            let headers = response.headers.map { ProviderRequest.Header($0.name, $0.value) }
            return .success(
                ProviderResponse(
                    status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView)))
        } catch is CancellationError {
            return .failure(.cancelled)
        } catch is NIOConnectionError {
            return .failure(.notSent("no connection"))
        } catch let error as HTTPClientError where error == .connectTimeout {
            return .failure(.notSent("no connection"))
        } catch let error as HTTPClientError where error == .cancelled {
            return .failure(.cancelled)
        } catch {
            return .failure(.noAnswer("no whole answer"))
        }
    }

    private func message(_ request: ProviderRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: request.url)
        message.method = .init(rawValue: request.method.rawValue)
        for header in request.headers { message.headers.add(name: header.name, value: header.value) }
        if let authorization = request.authorization {
            message.headers.add(name: "Authorization", value: authorization.revealedText())
        }
        if let body = request.body {
            message.headers.add(name: "Content-Type", value: body.type)
            message.body = .bytes(ByteBuffer(bytes: body.bytes.reveal { Array($0) }))
        }
        return message
    }
}
