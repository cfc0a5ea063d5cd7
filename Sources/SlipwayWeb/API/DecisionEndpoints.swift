import SlipwayDomain
import SlipwayOperations

extension Endpoint {
    /// What people decide in a journey, by the public API. Whoever asks decides as who they are known to be.
    static func decisions(_ services: Services) -> [Endpoint] {
        [decisionList(services), decisionShow(services), decisionTake(services)]
    }

    private static let base = journeyBase + "/decisions"
    private static let subject = Parameter.path(
        "subject", Schemas.oneOf(DecisionSubject.allCases.map(\.rawValue)), "What is decided.")

    private static func decisionList(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base, name: "decisionList",
            summary: "All decisions of the journey, oldest first, a page at a time.", access: .workspace,
            parameters: [journey] + Parameter.page("Decisions"), answers: [.ok("DecisionPage"), .notFound]
        ) { exchange in
            let page = try await services.journeys.decisions(of: exchange.journey, exchange.context) {
                try exchange.place()
            }
            let next = page.decisions.last.map { JSONValue.string("\($0.number)") }
            return .json([
                "decisions": .array(page.decisions.map(\.json)), "next": page.hasMore ? next ?? .null : .null,
            ])
        }
    }

    private static func decisionShow(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base + "/{subject}", name: "decisionShow",
            summary:
                "What would be signed and its digest, who owes it, what is said of it, and whether one may accept it.",
            access: .workspace, parameters: [journey, subject], answers: [.ok("Decision"), .notFound]
        ) { exchange in
            let subject = try exchange.subject()
            let standing = try await services.journeys.standing(exchange.journey, exchange.context)
            return .json(JourneyJSON.subject(subject, standing, for: exchange.caller))
        }
    }

    private static func decisionTake(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: base + "/{subject}", name: "decisionTake",
            summary: "Accept, reject, waive or take back, in one's own name, what one was shown.", access: .decision,
            parameters: [journey, subject], body: Schemas.reference("DecisionRequest"), isBodyRequired: true,
            answers: [
                .json(201, "It is kept: where the check stands, and what comes next.", "DecisionTaken"), .notFound,
                .problem(409, "What was seen has changed since: read it again."),
                .problem(422, "Something comes first, and all of it is named; or it is not what can be decided."),
                .problem(428, "An acceptance without what was seen."),
            ]
        ) { exchange in
            let subject = try exchange.subject()
            let (caller, name) = (exchange.caller, exchange.journey)
            let standing = try await Decisions(services.journeys)(
                on: subject, in: name, by: caller.signer, exchange.context
            ) {
                if let capability = caller.lackingToSign { throw Forbidden(capability: capability) }
                return try DecisionBody.request(exchange.body.json(), on: subject, in: name)
            }
            return .json(JourneyJSON.decided(subject, standing, by: caller.signer), status: 201)
        }
    }
}

extension Exchange {
    /// The subject that the path names.
    fileprivate func subject() throws -> DecisionSubject {
        let name = path["subject"] ?? ""
        guard let subject = DecisionSubject(rawValue: name) else { throw NotFound.decision(name) }
        return subject
    }
}
