import Foundation
import HTTPTypes
package import Hummingbird
package import Logging
package import SlipwayDomain
import SlipwayOperations

/// The server's front: turns what Hummingbird brings into exchanges, and replies into what it sends.
package struct Front: Sendable {
    private let endpoints: [Endpoint]
    private let workspace: ID<Workspace>
    private let logger: Logger

    package init(_ endpoints: [Endpoint], workspace: ID<Workspace>, logger: Logger) {
        self.endpoints = endpoints
        self.workspace = workspace
        self.logger = logger
    }

    package func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: UnknownPaths(front: self))
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method.http) { request, context in
                await self.respond(to: request, context) { try await self.answer(endpoint, request, context, $0) }
            }
        }
        for (path, group) in Dictionary(grouping: endpoints, by: \.path) {
            let allowed = group.map(\.method.rawValue).sorted()
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch]
            where !allowed.contains(method.rawValue) {
                router.on(RouterPath(path), method: method) { request, context in
                    await self.respond(to: request, context) { _ in throw Problem.methodNotAllowed(allowed) }
                }
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
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let actor =
            endpoint.needsActor
            ? try MockHeaders.actor(headers, authority: request.head.authority)
            : Initiator(kind: .system, name: "anyone")
        let exchange = Exchange(
            path: Dictionary(
                context.parameters.map { (String($0.key), String($0.value).removingPercentEncoding ?? "") },
                uniquingKeysWith: { $1 }),
            query: try Query.values(of: request, allowed: endpoint),
            headers: headers,
            body: try await body(of: request, endpoint),
            context: OperationContext(actor: actor, workspace: workspace, requestID: requestID, logger: logger))
        return try await endpoint.handle(exchange)
    }

    private func body(of request: Request, _ endpoint: Endpoint) async throws -> JSONValue? {
        var request = request
        let buffer: ByteBuffer
        do {
            buffer = try await request.collectBody(upTo: 1 << 20)
        } catch {
            throw Problem(
                status: 413, kind: "invalid_request", title: "The request is too large",
                detail: "A body may have 1 MiB at most.")
        }
        guard buffer.readableBytes > 0 else {
            if endpoint.isBodyRequired { throw Problem.invalid("This needs a JSON body.") }
            return nil
        }
        guard endpoint.body != nil else { throw Problem.invalid("This takes no body.") }
        guard request.headers[.contentType]?.lowercased().split(separator: ";").first == "application/json" else {
            throw Problem(
                status: 415, kind: "invalid_request", title: "Not a JSON body",
                detail: "Send the body as Content-Type: application/json.")
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
            return await front.respond(to: request, context) { _ in throw Problem.notFound }
        }
    }
}

extension Endpoint.Method {
    fileprivate var http: HTTPRequest.Method { self == .get ? .get : .post }
}
