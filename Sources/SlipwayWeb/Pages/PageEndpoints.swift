import SlipwayDomain
import SlipwayOperations

extension Endpoint {
    /// What is there without an actor: the runbook, the document of the API, and whether the server is up.
    static func pages(_ services: Services) -> [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/runbook/{page}", name: "runbookPage",
                summary: "What to do about a reason or a problem.", access: .anyone,
                parameters: [
                    .path("page", Schemas.oneOf(RunbookPages.all.keys.sorted()), "A reason's or a problem's code.")
                ],
                answers: [Answer(200, "A page.", ["text/html": Schemas.text]), .notFound]
            ) { exchange in
                guard let page = RunbookPages.page(exchange.path["page"] ?? "") else { throw Problem.notFound }
                return Reply(200, .html(page))
            },
            Endpoint(
                method: .get, path: "/health", name: "health", summary: "Whether the server answers.", access: .anyone,
                answers: [
                    Answer(
                        200, "It does.",
                        ["application/json": Schemas.object(["status": Schemas.text], required: ["status"])])
                ]
            ) { _ in .json(["status": "ok"]) },
        ]
    }
}
