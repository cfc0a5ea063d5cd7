import Foundation
import HTTPTypes
package import Hummingbird
package import Logging
package import SlipwayDomain
import SlipwayOperations
import Synchronization

/// The server's front: turns what Hummingbird brings into exchanges, and replies into what it sends.
package struct Front: Sendable {
    private let endpoints: [Endpoint]
    private let services: Services
    private let workspace: ID<Workspace>
    private let logger: Logger

    package init(_ services: Services, workspace: ID<Workspace>, logger: Logger) {
        endpoints = Endpoint.all(services)
        self.services = services
        self.workspace = workspace
        self.logger = logger
    }

    package func router() -> Router<FrontContext> {
        let router = Router(context: FrontContext.self, options: .autoGenerateHeadEndpoints)
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
        to request: Request, _ context: FrontContext, _ body: (String) async throws -> Reply
    ) async -> Response {
        let mode = services.authenticator.mode
        // Hummingbird's own `id` traps when the logger keeps no metadata.
        let requestID = context.logger[metadataKey: "hb.request.id"]?.description ?? "unnumbered"
        do {
            return try await body(requestID).response(mode: mode)
        } catch {
            let problem = Problem(error) ?? .internalFault
            if let reply = wayToSignIn(problem, request) { return reply.response(mode: mode) }
            if problem.status >= 500 {
                logger.error(
                    "request failed",
                    metadata: ["request": "\(requestID)", "path": "\(request.uri.path)", "error": "\(error)"])
            }
            return problem.reply(requestID: requestID).response(mode: mode)
        }
    }

    /// A browser that comes without a session is led to the sign-in and back; anything else is told the problem.
    private func wayToSignIn(_ problem: Problem, _ request: Request) -> Reply? {
        guard problem.status == 401, services.desk != nil, request.method == .get,
            request.headers[.accept]?.contains("text/html") ?? false, request.headers[.authorization] == nil
        else { return nil }
        // The first page is where one comes back to after signing out: it waits to be asked.
        if request.uri.path == "/" { return Reply(401, .html(SignInPages.signIn)) }
        let path = request.uri.string.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "%2F"
        return Reply(302, headers: ["location": "/auth/login?return=\(path)"])
    }

    /// Answers in this order: who is it, may they see it, may they do it, and only then is what they sent read.
    private func answer(
        _ endpoint: Endpoint, _ request: Request, _ context: FrontContext, _ requestID: String
    ) async throws -> Reply {
        let visit = Visit(endpoint, request, requestID: requestID, source: context.source)
        do {
            let caller = try await self.caller(of: visit)
            let body = try await RequestBody(of: request, endpoint)
            if endpoint.method == .get { _ = try body.json() }
            try checkForgery(endpoint, caller, visit, body)
            let exchange = Exchange(
                path: try Dictionary(
                    context.parameters.map { (String($0.key), try Self.name(String($0.value))) },
                    uniquingKeysWith: { $1 }),
                query: endpoint.takesAnyQuery ? [:] : try Query.values(of: request, allowed: endpoint),
                headers: visit.headers, body: body, rawQuery: request.uri.query ?? "", caller: caller,
                context: self.context(of: visit, caller),
                again: { self.context(of: visit, try await self.caller(of: visit, mayRenew: false)) })
            var reply = try await endpoint.handle(exchange)
            if caller.isSessionNew, let session = caller.session {
                reply.cookies.insert(Cookies.set(Cookies.session, session), at: 0)
            }
            return reply
        } catch {
            if let problem = Problem(error), endpoint.needsActor { await keep(problem, visit) }
            throw error
        }
    }

    /// Who a request is from; throws for one who is not known, or is no member.
    private func caller(of visit: Visit, mayRenew: Bool = true) async throws -> Caller {
        guard visit.endpoint.needsActor else {
            return Caller(
                actor: Initiator(kind: .system, name: "anyone"), access: .none, means: "none", name: "anyone", role: nil
            )
        }
        let caller = try await services.authenticator.caller(
            of: SignedRequest(
                headers: visit.headers, authority: visit.authority, origin: visit.origin(means: "session"),
                mayRenew: mayRenew))
        visit.actor.withLock { $0 = caller.actor }
        guard caller.access.isMember else { throw NotFound.workspace }
        return caller
    }

    private func context(of visit: Visit, _ caller: Caller) -> OperationContext {
        OperationContext(
            actor: caller.actor, identity: caller.identity, workspace: workspace, access: caller.access,
            origin: visit.origin(means: caller.means),
            logger: logger)
    }

    /// A browser sends the session's cookie along whoever wrote the page that asks; so what changes something has to
    /// show that the page is ours.
    private func checkForgery(
        _ endpoint: Endpoint, _ caller: Caller, _ visit: Visit, _ body: RequestBody
    ) throws {
        guard endpoint.method != .get, let desk = services.desk, let session = caller.session else { return }
        let token = visit.headers["x-slipway-csrf"] ?? (endpoint.takesForm ? body.name("csrf") : nil)
        try desk.checkForgery(visit.headers, session: session, token: token)
    }

    /// Keeps a refusal. One that cannot be kept is a refusal all the same.
    private func keep(_ problem: Problem, _ visit: Visit) async {
        guard [401, 403, 404, 421].contains(problem.status) else { return }
        let record = AccessRecord(
            at: services.clock.now(), tenant: nil, actor: visit.actor.withLock(\.self),
            origin: visit.origin(means: "http"),
            action: problem.more["capability"]?.stringValue
                ?? "\(visit.endpoint.method.rawValue) \(visit.endpoint.path)",
            resource: String(visit.path.prefix(512)), decision: .refused, reason: problem.kind)
        do {
            try await services.refusals.keep(record)
        } catch {
            logger.error(
                "a refusal could not be kept", metadata: ["request": "\(visit.requestID)", "error": "\(error)"])
        }
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
}

/// Answers what no route takes, as any other problem.
private struct UnknownPaths: RouterMiddleware {
    let front: Front

    func handle(
        _ request: Request, context: FrontContext,
        next: (Request, FrontContext) async throws -> Response
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
    fileprivate var http: HTTPRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .put: .put
        }
    }
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
