import SlipwayDomain
import SlipwayOperations

extension Endpoint {
    /// The eight routes of the dispatch contract; each answers a page or its structured form, by Accept.
    static func contract(_ services: Services) -> [Endpoint] {
        [
            start(
                services, "/admin/t/{tenant}/provider-actions/{operation}/start", "providerActionStart",
                "Start a tenant's provider-backed operation.", [tenant, operation], Schemas.providerStart
            ) { exchange in
                OperationStart.Subject(
                    operation: exchange.path["operation"] ?? "", tenant: exchange.path["tenant"],
                    connection: exchange.body.number("providerConnectionId"))
            } details: { _, body in
                _ = try body.id("providerConnectionId")
                return OperationStart.Details(
                    target: try body.fields("targetContext") ?? [:], surface: try body.text("sourceSurface") ?? "tenant"
                )
            },
            start(
                services, "/admin/provider-connections/{connection}/actions/{operation}/start",
                "connectionActionStart", "Start an operation on a provider connection.", [connection, operation], nil
            ) { exchange in
                let id: ID<ProviderConnection> = try exchange.id("connection") { .connection($0) }
                return OperationStart.Subject(operation: exchange.path["operation"] ?? "", connection: id.number)
            } details: { _, _ in
                OperationStart.Details(surface: "provider_connection")
            },
            restore(services),
            start(
                services, "/admin/t/{tenant}/directory/groups/sync", "directoryGroupsSync", "Sync directory groups.",
                [tenant], Schemas.groupsSync
            ) { exchange in
                OperationStart.Subject(
                    operation: "directory.groups.sync", tenant: exchange.path["tenant"],
                    connection: exchange.body.number("providerConnectionId"))
            } details: { _, body in
                _ = try body.id("providerConnectionId")
                return OperationStart.Details(
                    target: ["selection_key": try body.text("selectionKey") ?? "all_groups_v1"],
                    surface: "directory.groups")
            },
            start(
                services, "/admin/t/{tenant}/directory/role-definitions/sync", "directoryRoleDefinitionsSync",
                "Sync role definitions.", [tenant], nil
            ) { exchange in
                OperationStart.Subject(operation: "directory.role_definitions.sync", tenant: exchange.path["tenant"])
            } details: { _, _ in
                OperationStart.Details(surface: "directory.role_definitions")
            },
            start(
                services, "/admin/onboarding/{session}/provider-actions/{operation}/start", "onboardingActionStart",
                "Start an onboarding verification.", [session, operation], Schemas.onboardingStart
            ) { exchange in
                OperationStart.Subject(
                    operation: exchange.path["operation"] ?? "",
                    tenant: try await services.sessionTenant(exchange).description,
                    connection: exchange.body.number("providerConnectionId"))
            } details: { _, body in
                _ = try body.id("providerConnectionId")
                return OperationStart.Details(surface: try body.text("step").map { "onboarding.\($0)" } ?? "onboarding")
            },
            bootstrap(services), runDetail(services),
        ]
    }

    private static func restore(_ services: Services) -> Endpoint {
        start(
            services, "/admin/t/{tenant}/restore-runs/{restoreRun}/execute", "restoreExecute",
            "Execute a restore.", [tenant, .path("restoreRun", Schemas.id, "The restore's number.")], nil
        ) { exchange in
            let restore = try await services.restores.restore(
                exchange.path["restoreRun"] ?? "", of: exchange.path["tenant"] ?? "", exchange.context)
            return OperationStart.Subject(
                operation: "restore.execute", tenant: exchange.path["tenant"], target: restore.target)
        } details: { _, _ in
            OperationStart.Details(surface: "restore")
        }
    }

    private static let tenant = Parameter.path("tenant", Schemas.pathName, "The tenant, by number or name.")
    private static let operation = Parameter.path("operation", Schemas.pathName, "The operation's type.")
    private static let connection = Parameter.path("connection", Schemas.id, "The provider connection's number.")
    private static let session = Parameter.path("session", Schemas.id, "The onboarding session's number.")

    private static func start(
        _ services: Services, _ path: String, _ name: String, _ summary: String, _ parameters: [Parameter],
        _ body: JSONValue?,
        subject: @escaping @Sendable (Exchange) async throws -> OperationStart.Subject,
        details: @escaping @Sendable (Exchange, inout BodyReader) throws -> OperationStart.Details
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name, summary: summary, access: .operation,
            parameters: parameters, body: body, answers: answers(ContractJSON.startOutcome, "ProviderStartOutcome")
        ) { exchange in
            let answer = try await services.start(try await subject(exchange), exchange.context) {
                _ = try choice(exchange, ContractJSON.startOutcome)
                var body = try BodyReader(exchange.body.json())
                let details = try details(exchange, &body)
                try body.finish()
                return details
            }
            switch try choice(exchange, ContractJSON.startOutcome) {
            case .html: return Reply(200, .html(ContractPages.outcome(answer)))
            case .structured:
                let json = JSONValue.object(ContractJSON.outcome(answer))
                return Reply(200, .json(json, mediaType: ContractJSON.startOutcome))
            }
        }
    }

    private static func bootstrap(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: "/admin/onboarding/{session}/provider-bootstrap/start",
            name: "onboardingBootstrapStart",
            summary: "Start onboarding operations one after the other.", access: .operation,
            parameters: [session], body: Schemas.bootstrapStart, isBodyRequired: true,
            answers: answers(ContractJSON.bootstrapOutcome, "OnboardingBootstrapStartOutcome")
        ) { exchange in
            let outcome = try await services.bootstrap.start(
                try exchange.id("session") { .session($0) }, named: exchange.body.names("selectedOperations"),
                exchange.context
            ) {
                _ = try choice(exchange, ContractJSON.bootstrapOutcome)
                return try bootstrapDetails(exchange)
            }
            switch try choice(exchange, ContractJSON.bootstrapOutcome) {
            case .html: return Reply(200, .html(ContractPages.outcome(outcome.first, pending: outcome.pending)))
            case .structured:
                let json = JSONValue.object(ContractJSON.outcome(outcome))
                return Reply(200, .json(json, mediaType: ContractJSON.bootstrapOutcome))
            }
        }
    }

    private static func bootstrapDetails(_ exchange: Exchange) throws -> Bootstrap.Details {
        var body = try BodyReader(exchange.body.json())
        guard let connection = try body.id("providerConnectionId") else {
            throw Problem.invalid("The body needs providerConnectionId.", field: "providerConnectionId")
        }
        let details = Bootstrap.Details(
            operations: try body.texts("selectedOperations") ?? [], connection: connection,
            surface: try body.text("sourceSurface") ?? "onboarding.bootstrap")
        try body.finish()
        return details
    }

    private static func runDetail(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/admin/operations/{run}", name: "runPage", summary: "The one page of a run.",
            access: .member, parameters: [.path("run", Schemas.id, "The run's number.")],
            answers: [
                Answer(
                    200, "The run.",
                    [
                        ContractJSON.runDetail: Schemas.reference("ProviderBackedRunDetail"),
                        "text/html": Schemas.text,
                    ]), .notFound, .problem(406, "Neither form is accepted."),
            ]
        ) { exchange in
            let detail = try await services.runs.detail(try exchange.id("run") { .run($0) }, exchange.context)
            switch try choice(exchange, ContractJSON.runDetail) {
            case .html: return Reply(200, .html(ContractPages.detail(detail)))
            case .structured:
                return Reply(200, .json(ContractJSON.detail(detail), mediaType: ContractJSON.runDetail))
            }
        }
    }

    private static func choice(_ exchange: Exchange, _ vendor: String) throws -> Negotiation.Choice {
        guard let choice = Negotiation.choice(accept: exchange.headers["accept"], vendor: vendor) else {
            throw Problem(
                status: 406, kind: "not_acceptable", title: "Not acceptable",
                detail: "This answers text/html or \(vendor).")
        }
        return choice
    }

    private static func answers(_ vendor: String, _ schema: String) -> [Answer] {
        [
            Answer(
                200, "The gate's answer, whatever it is.",
                [vendor: Schemas.reference(schema), "text/html": Schemas.text]),
            .notFound, .problem(406, "Neither form is accepted."),
        ]
    }
}
