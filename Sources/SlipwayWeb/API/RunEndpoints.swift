import SlipwayDomain
import SlipwayOperations
import SlipwayStore

extension Endpoint {
    /// Runs by the public API.
    static func runs(_ services: Services) -> [Endpoint] {
        [list(services), show(services), cancel(services), retry(services), events(services)]
    }

    private static let run = Parameter.path("run", Schemas.id, "The run's id.")

    private static func list(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/api/v1/runs", name: "runList", summary: "Runs, newest first, a page at a time.",
            access: .member,
            parameters: [
                .query("tenant", Schemas.id, "Only of this tenant."),
                .query("status", Schemas.oneOf(RunStatus.allCases.map(\.rawValue)), "Only in this status."),
                .query("type", Schemas.input(), "Only of this operation."),
                .query("limit", ["type": "integer", "minimum": 1, "maximum": 200], "Runs a page; 50 when not given."),
                .query("cursor", Schemas.id, "`next` of the page before."),
            ],
            answers: [.ok("RunPage")]
        ) { exchange in
            let page = try await services.runs.list(
                try filter(exchange), before: try id(exchange.query["cursor"], "cursor"), limit: try limit(exchange))
            return .json([
                "runs": .array(page.runs.map(RunJSON.run)), "next": page.next.map { .string($0.description) } ?? .null,
            ])
        }
    }

    private static func filter(_ exchange: Exchange) throws -> RunReads.Filter {
        let status = try exchange.query["status"].map { text in
            guard let status = RunStatus(rawValue: text) else {
                let known = RunStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("status is one of \(known).", field: "status")
            }
            return status
        }
        return RunReads.Filter(
            exchange.context.scope, tenant: try id(exchange.query["tenant"], "tenant"), status: status,
            type: exchange.query["type"])
    }

    private static func limit(_ exchange: Exchange) throws -> Int {
        guard let text = exchange.query["limit"] else { return 50 }
        guard let limit = Int(text), String(limit) == text, (1...200).contains(limit) else {
            throw Problem.invalid("limit is a number from 1 to 200.", field: "limit")
        }
        return limit
    }

    private static func id<Entity>(_ text: String?, _ name: String) throws -> ID<Entity>? {
        guard let text else { return nil }
        guard let id = ID<Entity>(text: text) else {
            throw Problem.invalid("\(name) is a number from 1 to 2^53 - 1.", field: name)
        }
        return id
    }

    private static func show(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/api/v1/runs/{run}", name: "runShow",
            summary: "A run with its items, its events and what to do next.", access: .member,
            parameters: [run, .header("If-None-Match", Schemas.etags, "The ETag of the copy one has.")],
            answers: [.ok("RunDetail"), Answer(304, "The copy is as it was."), .notFound]
        ) { exchange in
            let detail = try await services.runs.detail(
                try exchange.id("run") { .run($0) }, exchange.context)
            let tag = etag(detail.run)
            if try ETagList(exchange.headers["if-none-match"], in: "If-None-Match")?.matches(tag, weakly: true) == true
            {
                return Reply(304, headers: ["etag": tag])
            }
            return .json(RunJSON.detail(detail), headers: ["etag": tag])
        }
    }

    /// Changes with every event and with progress.
    private static func etag(_ run: RunRecord) -> String {
        "\"\(run.events)-\(run.progress?.done ?? 0)\""
    }

    private static func cancel(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: "/api/v1/runs/{run}/cancel", name: "runCancel",
            summary: "Ask for a run to be cancelled. Asking twice is asking once.", access: .capability(.cancelRun),
            parameters: [
                run,
                .header(
                    "If-Match", Schemas.etags,
                    "Only when no event came since the copy with this ETag; progress may have."),
            ],
            answers: [
                .json(202, "Requested, or cancelled already.", "Run"), .notFound,
                .problem(409, "The run is over."), .problem(412, "The run has changed since."),
            ]
        ) { exchange in
            let run = try await services.cancel(try exchange.id("run") { .run($0) }, exchange.context) {
                _ = try exchange.body.json()
                return try ETagList(exchange.headers["if-match"], in: "If-Match")?.versions
            }
            return .json(RunJSON.run(run), status: 202, headers: ["location": "/api/v1/runs/\(run.id)"])
        }
    }

    private static func retry(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: "/api/v1/runs/{run}/retry", name: "runRetry",
            summary: "Start what failed of a run again, as a child run.", access: .operation,
            parameters: [run, .idempotencyKey],
            answers: [
                .json(202, "Accepted, or under way already.", "StartOutcome"), .notFound,
                .problem(409, "Not over yet, nothing failed, or another run holds what it needs."),
                .problem(422, "Something is missing, and all of it is named; or the key stands for another start."),
            ]
        ) { exchange in
            let id: ID<OperationRun> = try exchange.id("run") { .run($0) }
            let answer = try await services.retry(id, surface: "api", exchange.context) {
                _ = try exchange.body.json()
                return try exchange.idempotencyKey()
            }
            return reply(answer, exchange)
        }
    }

    private static func events(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/api/v1/runs/{run}/events", name: "runEvents",
            summary: "The run's events as they happen, as server-sent events, until it is over.", access: .member,
            parameters: [
                run,
                .header(
                    "Last-Event-ID", ["type": "integer", "minimum": 0, "maximum": .integer(InputLimits.integer)],
                    "The last event one has; they go on after it."),
            ],
            answers: [
                Answer(
                    200, "A stream of the events run, progress, reset and end; each has JSON as its data.",
                    ["text/event-stream": [:]]), .notFound,
            ]
        ) { exchange in
            let id: ID<OperationRun> = try exchange.id("run") { .run($0) }
            // Refused here, where a refusal still has a status.
            _ = try await services.runs.mark(of: id, exchange.context)
            let after = try lastEvent(exchange)
            let follower = RunFollower(id, after: after, services, exchange)
            return Reply(200, .events(EventFeed { try await follower.next() }))
        }
    }
    private static func lastEvent(_ exchange: Exchange) throws -> Int64 {
        guard let text = exchange.headers["last-event-id"] else { return 0 }
        guard let sequence = Int64(text), (0...InputLimits.integer).contains(sequence), String(sequence) == text else {
            throw Problem.invalid("Last-Event-ID is a number from 0 to 2^53 - 1.", field: "Last-Event-ID")
        }
        return sequence
    }
}
