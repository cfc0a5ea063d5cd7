import Foundation
import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
package import SlipwayDomain
import SlipwayOperations

/// The server's front: turns what Hummingbird brings into exchanges, and replies into what it sends.
package struct Front: Sendable {
    private let endpoints: [Endpoint]
    private let workspace: ID<Workspace>
    private let logger: Logger

    private static let longestBody = 1 << 20

    package init(_ endpoints: [Endpoint], workspace: ID<Workspace>, logger: Logger) {
        self.endpoints = endpoints
        self.workspace = workspace
        self.logger = logger
    }

    package func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: UnknownPaths(front: self))
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method.http) { request, context in
                await self.respond(to: request, context) { try await self.answer(endpoint, request, context, $0) }
            }
        }
        return router
    }

    /// Runs a body; whatever it throws becomes a problem, and a fault of ours is logged under the request's id.
    fileprivate func respond(
        to request: Request, _ context: BasicRequestContext, _ body: (String) async throws -> Reply
    ) async -> Response {
        // Hummingbird's own `id` traps when the logger keeps no metadata.
        let requestID = context.logger[metadataKey: "hb.request.id"]?.description ?? "unnumbered"
        do {
            return try await body(requestID).response()
        } catch {
            let problem = Problem(error) ?? .internalFault
            if problem.status >= 500 {
                logger.error(
                    "request failed",
                    metadata: ["request": "\(requestID)", "path": "\(request.uri.path)", "error": "\(error)"])
            }
            return problem.reply(requestID: requestID).response()
        }
    }

    private func answer(
        _ endpoint: Endpoint, _ request: Request, _ context: BasicRequestContext, _ requestID: String
    ) async throws -> Reply {
        // What stands there more than once is a list, as RFC 9110 has it.
        var headers: [String: String] = [:]
        for field in request.headers {
            headers[field.name.canonicalName] =
                headers[field.name.canonicalName].map { "\($0), \(field.value)" } ?? field.value
        }
        let actor =
            endpoint.needsActor
            ? try MockHeaders.actor(headers, authority: request.head.authority)
            : Initiator(kind: .system, name: "anyone")
        let exchange = Exchange(
            path: try Dictionary(
                context.parameters.map { (String($0.key), try Self.name(String($0.value))) },
                uniquingKeysWith: { $1 }),
            query: try Query.values(of: request, allowed: endpoint),
            headers: headers,
            body: try await body(of: request, endpoint),
            context: OperationContext(actor: actor, workspace: workspace, requestID: requestID, logger: logger))
        return try await endpoint.handle(exchange)
    }

    /// A name of the path as it was meant. One that cannot be read names nothing that is there.
    private static func name(_ text: String) throws -> String {
        guard let name = text.removingPercentEncoding, !name.utf8.contains(0) else { throw Problem.notFound }
        return name
    }

    /// The methods an address takes, when there is such an address.
    fileprivate func methods(of path: String) -> [String] {
        endpoints.filter { $0.takes(path) }.map(\.method.rawValue)
    }

    private func body(of request: Request, _ endpoint: Endpoint) async throws -> JSONValue? {
        var request = request
        let buffer: ByteBuffer
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.longestBody {
            throw Problem.tooLarge
        }
        do {
            buffer = try await request.collectBody(upTo: Self.longestBody)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge
        } catch {
            throw Problem.invalid("The body broke off, or is not framed as its header says.")
        }
        guard buffer.readableBytes > 0 else {
            if endpoint.isBodyRequired { throw Problem.invalid("This needs a JSON body.") }
            return nil
        }
        guard endpoint.body != nil else { throw Problem.invalid("This takes no body.") }
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard type?.filter({ !$0.isWhitespace }) == "application/json", request.headers[.contentEncoding] == nil else {
            throw Problem(
                status: 415, kind: "invalid_request", title: "Not a JSON body",
                detail: "Send the body as Content-Type: application/json, and not encoded.")
        }
        do {
            return try JSONValue(parsing: Array(buffer.readableBytesView))
        } catch {
            throw Problem.invalid("The body is not JSON: \(error.reason) at byte \(error.offset).")
        }
    }
}

/// Answers what no route takes, as any other problem.
private struct UnknownPaths: RouterMiddleware {
    let front: Front

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return await front.respond(to: request, context) { _ in
                let methods = front.methods(of: request.uri.path)
                guard !methods.isEmpty else { throw Problem.notFound }
                throw Problem.methodNotAllowed((methods.contains("GET") ? methods + ["HEAD"] : methods).sorted())
            }
        }
    }
}

extension Endpoint.Method {
    fileprivate var http: HTTPRequest.Method { self == .get ? .get : .post }
}

extension Endpoint {
    /// Whether a path is one of those this stands for.
    fileprivate func takes(_ path: String) -> Bool {
        let (own, asked) = (self.path.split(separator: "/"), path.split(separator: "/"))
        return own.count == asked.count
            && zip(own, asked).allSatisfy { own, asked in
                guard own.hasPrefix("{"), let end = own.firstIndex(of: "}") else { return own == asked }
                return asked.hasSuffix(own[own.index(after: end)...])
            }
    }
}
