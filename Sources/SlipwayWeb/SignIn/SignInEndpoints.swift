import SlipwayDomain
import SlipwayOIDC
import SlipwayOperations

extension Endpoint {
    /// Signing in and out, and who one is.
    static func signIn(_ services: Services) -> [Endpoint] {
        [home(services), me(services), client(services), login(services), callback(services), logout(services)]
    }

    private static func home(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/", name: "home", summary: "The first page.", access: .member,
            answers: [Answer(200, "A page.", ["text/html": Schemas.text]), .notFound]
        ) { exchange in
            let token = exchange.caller.session.flatMap { services.desk?.formToken(of: $0) }
            return Reply(
                200, .html(SignInPages.home(exchange.caller, formToken: token)))
        }
    }

    private static func me(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/auth/me", name: "whoAmI", summary: "Who the request is from, and what they may do.",
            access: .member, answers: [.ok("WhoAmI"), .notFound]
        ) { exchange in
            let tenants: JSONValue =
                switch exchange.context.access.entitlement {
                case .workspace: .null
                case .tenants(let ids): .array(ids.sorted().map { .integer($0.number) })
                }
            return .json([
                "actor": .string(exchange.caller.actor.name), "name": .string(exchange.caller.name),
                "role": exchange.caller.role.map(JSONValue.string) ?? .null, "tenants": tenants,
                "capabilities": .array(
                    exchange.context.access.capabilities.map(\.rawValue).sorted().map(JSONValue.string)),
                "mode": .string(services.authenticator.mode),
            ])
        }
    }

    /// Without an actor, because it is asked by who has yet to become one.
    private static func client(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/auth/client", name: "signInClient",
            summary: "What a program has to know to sign a person in.", access: .anyone, answers: [.ok("SignInClient")]
        ) { _ in
            var json = services.authenticator.programs?.json ?? [:]
            json["mode"] = .string(services.authenticator.mode)
            return .json(.object(json))
        }
    }

    private static func login(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/auth/login", name: "signIn", summary: "Sends the browser to the OpenID provider.",
            access: .anyone,
            parameters: [.query("return", Schemas.input(), "The path to come back to.")],
            answers: [Answer(302, "To the provider."), .notFound]
        ) { exchange in
            guard let desk = services.desk else { throw Problem.notFound }
            return try await desk.begin(returnTo: exchange.query["return"])
        }
    }

    private static func callback(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/auth/callback", name: "signInCallback",
            summary: "Takes the browser back from the OpenID provider.", access: .anyone, takesAnyQuery: true,
            answers: [
                Answer(303, "Signed in; to where one came from."), .notFound, .problem(403, "No role here."),
            ]
        ) { exchange in
            guard let desk = services.desk else { throw Problem.notFound }
            return try await desk.finish(
                query: exchange.rawQuery, headers: exchange.headers, origin: exchange.context.origin)
        }
    }

    private static func logout(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: "/auth/logout", name: "signOut", summary: "Ends the session.", access: .member,
            body: Schemas.object(["csrf": Schemas.text]), takesForm: true,
            answers: [
                Answer(200, "Signed out.", ["text/html": Schemas.text]), .notFound,
                .problem(403, "Not sent by a page of this server's own."),
            ]
        ) { exchange in
            guard let desk = services.desk, let session = exchange.caller.session else { throw Problem.notFound }
            return try await desk.end(exchange.context, session: session)
        }
    }
}
