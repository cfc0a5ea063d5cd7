import SlipwayDomain
import SlipwayOperations

extension Endpoint {
    /// Starting operations by the public API.
    static func starts(_ services: Services) -> [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/api/v1/operations", name: "operationList", summary: "The operations there are.",
                access: .member, answers: [.ok("OperationList")]
            ) { _ in
                .json(["operations": .array(services.registry.all.map(operation))])
            },
            start(services, path: "/api/v1/operations/{operation}/starts", name: "operationStart", isPreflight: false),
            start(
                services, path: "/api/v1/operations/{operation}/starts:preflight", name: "operationPreflight",
                isPreflight: true),
        ]
    }

    private static func start(
        _ services: Services, path: String, name: String, isPreflight: Bool
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name,
            summary: isPreflight
                ? "What a start would be answered now. Nothing is started."
                : "Start an operation. Accepted and deduped answer 202 with the run.",
            access: .operation,
            parameters: [.path("operation", Schemas.pathName, "The operation's type.")]
                + (isPreflight ? [] : [.idempotencyKey]),
            body: Schemas.reference("StartRequest"),
            answers: [
                .json(isPreflight ? 200 : 202, "Accepted, or under way already.", "StartOutcome"),
                .notFound, .problem(409, "Another run holds what it needs; it is named."),
                .problem(422, "Something is missing, and all of it is named; or the key stands for another start."),
            ]
        ) { exchange in
            let subject = OperationStart.Subject(
                operation: exchange.path["operation"] ?? "", tenant: exchange.body.name("tenant"),
                connection: exchange.body.number("providerConnectionId"))
            let answer = try await services.start(subject, exchange.context) {
                var body = try BodyReader(exchange.body.json())
                _ = (try body.text("tenant"), try body.id("providerConnectionId"))
                let details = OperationStart.Details(
                    target: try body.fields("target") ?? [:], surface: try body.text("sourceSurface") ?? "api",
                    key: isPreflight ? nil : try exchange.idempotencyKey().map { OperationStart.Details.Key(name: $0) },
                    isPreflight: isPreflight)
                try body.finish()
                return details
            }
            return reply(answer, isPreflight: isPreflight, exchange)
        }
    }

    static func reply(_ answer: StartAnswer, isPreflight: Bool = false, _ exchange: Exchange) -> Reply {
        let json = RunJSON.start(answer, isPreflight: isPreflight)
        var location = answer.run.map { ["location": "/api/v1/runs/\($0)"] } ?? [:]
        if answer.isReplay { location["idempotency-replayed"] = "true" }
        switch answer.decision {
        case .accepted, .deduped:
            return .json(json, status: isPreflight ? 200 : 202, headers: isPreflight ? [:] : location)
        case .scopeBusy:
            return problem(409, "scope_busy", "Busy", answer, json, location, exchange)
        case .blocked(let blockers):
            return problem(
                422, blockers.first?.reason.rawValue ?? "blocked", "Blocked", answer, json, location, exchange)
        }
    }

    private static func problem(
        _ status: Int, _ kind: String, _ title: String, _ answer: StartAnswer, _ json: JSONValue,
        _ headers: [String: String], _ exchange: Exchange
    ) -> Reply {
        Problem(
            status: status, kind: kind, title: title, detail: StartWords(answer).message, more: ["start": json],
            headers: headers
        ).reply(requestID: exchange.context.requestID)
    }

    private static func operation(_ operation: OperationDefinition) -> JSONValue {
        [
            "type": .string(operation.type), "verb": .string(operation.verb), "provider": .string(operation.provider),
            "module": .string(operation.module), "capability": .string(operation.capability.rawValue),
            "needsConnection": .bool(operation.needsConnection),
            "protectedScopes": .array(operation.protectedScopes.map { .string($0.text) }),
            "identityFields": .array(operation.identityFields.map(JSONValue.string)),
            "attempts": .integer(Int64(operation.retry.attempts)),
            "deadlineSeconds": .integer(Int64(operation.deadlineSeconds)),
        ]
    }
}
