import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SlipwayDomain
import Synchronization

/// A provider of ill will on this machine: it repeats what it was told in every answer, wherever an answer has room.
///
/// Below `/refuses` it takes no credential; below `/grants` it gives a token, and refuses what is asked with that.
final class EchoingProvider: HTTPResponder {
    typealias Context = BasicRequestContext

    /// The last secret that was told below each of the addresses that connections have.
    private let told = Mutex<[String: String]>([:])

    /// Runs for the length of the body, which is given the server's address.
    static func with<Result: Sendable>(
        logger: Logger, _ body: @Sendable (_ base: String) async throws -> Result
    ) async throws -> Result {
        let (ports, port) = AsyncStream<Int>.makeStream()
        let server = Application(
            responder: EchoingProvider(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            guard let number = await iterator.next() else { throw CancellationError() }
            return try await body("http://127.0.0.1:\(number)")
        }
    }

    func respond(to request: Hummingbird.Request, context: BasicRequestContext) async throws -> Hummingbird.Response {
        let body = String(buffer: try await request.body.collect(upTo: 1 << 20))
        let authorization = request.headers[.authorization] ?? ""
        let path = request.uri.path
        let address = path.split(separator: "/").prefix(2).joined(separator: "/")
        if let secret = Self.secret(authorization: authorization, form: body) {
            told.withLock { $0[address] = secret }
        }
        let secret = told.withLock { $0[address] } ?? "nothing-yet"
        let base = "http://\(request.head.authority ?? "")"
        let grants = path.hasPrefix("/grants")
        if path.hasSuffix("/.well-known/openid-configuration") {
            let issuer = base + path.replacing("/.well-known/openid-configuration", with: "")
            return try Self.answer(
                200, ["issuer": .string(issuer), "token_endpoint": .string("\(issuer)/token?of=\(secret)")], secret)
        }
        if path.hasSuffix("/token"), grants {
            return try Self.answer(
                200, ["access_token": "t", "expires_in": 3600, "scope": .string("\(secret) \(Hex.text(secret.utf8))")],
                secret)
        }
        if authorization.isEmpty, path.hasSuffix("/health") { return try Self.answer(200, [:], secret) }
        let texts = [secret, Base64.text(Array(secret.utf8)), authorization, body].joined(separator: " ")
        let refusal: JSONValue =
            path.hasSuffix("/token")
            ? ["error": .string(secret), "error_description": .string(texts)]
            : ["error": ["code": .string(secret), "message": .string(texts)]]
        return try Self.answer(path.hasSuffix("/token") ? 401 : 403, refusal, secret)
    }

    private static func answer(_ status: Int, _ body: JSONValue, _ secret: String) throws -> Hummingbird.Response {
        var headers: HTTPFields = [.contentType: "application/json", .wwwAuthenticate: "Bearer realm=\"\(secret)\""]
        if let name = HTTPField.Name("request-id") { headers[name] = secret }
        return Hummingbird.Response(
            status: .init(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try body.canonicalBytes)))
    }

    /// What a request proves itself with; nil for one that does not, or with a token.
    private static func secret(authorization: String, form: String) -> String? {
        for field in form.split(separator: "&") where field.hasPrefix("client_secret=") {
            return String(field.dropFirst("client_secret=".count))
        }
        let words = authorization.split(separator: " ")
        guard words.count == 2, words[1] != "t" else { return nil }
        guard words[0] == "Basic" else { return String(words[1]) }
        let pair = Data(base64Encoded: String(words[1])).map { String(decoding: $0, as: UTF8.self) }
        return pair?.split(separator: ":", maxSplits: 1).last.map(String.init)
    }
}
