import SlipwayDomain
import SlipwayOperations

extension Endpoint {
    /// Journeys, their boards and their packets by the public API. A journey is the workspace's.
    static func journeys(_ services: Services) -> [Endpoint] {
        [
            journeyList(services), journeyShow(services), journeyBoard(services), onlyBoard(services),
            packetList(services), packetShow(services),
        ]
    }

    static let journeyBase = "/api/v1/journeys/{journey}"
    static let journey = Parameter.path("journey", Schemas.pathName, "The journey's name.")

    private static func journeyList(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/api/v1/journeys", name: "journeyList",
            summary: "The journeys there are, by name; none for who is entitled to some tenants alone.",
            access: .member, answers: [.ok("JourneyList")]
        ) { exchange in
            let all = try await services.journeys.all(exchange.context)
            return .json(["journeys": .array(all.map(JourneyJSON.journey))])
        }
    }

    private static func journeyShow(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: journeyBase, name: "journeyShow",
            summary: "A journey: from where to where, by which cutover, and who owes what in it.", access: .workspace,
            parameters: [journey], answers: [.ok("Journey"), .notFound]
        ) { exchange in
            .json(JourneyJSON.journey(try await services.journeys.journey(exchange.journey, exchange.context)))
        }
    }

    private static func journeyBoard(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: journeyBase + "/board", name: "journeyBoard",
            summary:
                "Where the journey stands now: checks, counters, decisions, what comes next and what is yours of it.",
            access: .workspace, parameters: [journey, .ifNoneMatch],
            answers: [.ok("JourneyBoard"), Answer(304, "The copy is as it was."), .notFound]
        ) { exchange in
            try await board(of: exchange.journey, services, exchange)
        }
    }

    private static func onlyBoard(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: "/api/v1/board", name: "board",
            summary: "The board of the journey that is named, or of the only one there is.", access: .workspace,
            parameters: [.query("journey", Schemas.input(), "The journey's name."), .ifNoneMatch],
            answers: [
                .ok("JourneyBoard"), Answer(304, "The copy is as it was."), .notFound,
                .problem(422, "There are several, and `journeys` names them."),
            ]
        ) { exchange in
            if let name = exchange.query["journey"] { return try await board(of: name, services, exchange) }
            let names = try await services.journeys.all(exchange.context).map(\.name)
            guard let only = names.first else { throw NotFound.journey("") }
            guard names.count == 1 else { throw Problem.severalJourneys(names) }
            return try await board(of: only, services, exchange)
        }
    }

    private static func board(
        of name: String, _ services: Services, _ exchange: Exchange
    ) async throws -> Reply {
        let standing = try await services.journeys.standing(name, exchange.context)
        let board = JourneyJSON.board(standing, for: exchange.caller.signer)
        return try exchange.reply(board, tag: JourneyJSON.etag(board))
    }

    private static func packetList(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: journeyBase + "/packets", name: "journeyPacketList",
            summary: "The kinds of packets the journey itself leaves, each with the digest it was last sealed under.",
            access: .workspace, parameters: [journey], answers: [.ok("JourneyPacketList"), .notFound]
        ) { exchange in
            let standing = try await services.journeys.standing(exchange.journey, exchange.context)
            return .json(["packets": .array(JourneyPackets.kinds.map { JourneyJSON.packet($0, standing) })])
        }
    }

    private static func packetShow(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: journeyBase + "/packets/{kind}", name: "journeyPacketShow",
            summary: "A packet as it reads now, sealed or not; its text alone as text/plain.", access: .workspace,
            parameters: [
                journey,
                .path("kind", Schemas.oneOf(JourneyPackets.kinds.map(\.rawValue)), "The packet's kind."),
            ],
            answers: [
                Answer(
                    200, "The packet.",
                    ["application/json": Schemas.reference("JourneyPacket"), "text/plain": Schemas.text]), .notFound,
                .problem(406, "Neither form is accepted."),
            ]
        ) { exchange in
            let standing = try await services.journeys.standing(exchange.journey, exchange.context)
            let kind = exchange.path["kind"] ?? ""
            guard let draft = PacketKind(rawValue: kind).flatMap(standing.packets.draft) else {
                throw NotFound.packet(kind)
            }
            guard try exchange.form(among: ["application/json", "text/plain"]) == "text/plain" else {
                return .json(JourneyJSON.draft(draft, standing))
            }
            return Reply(200, .bytes(Array(draft.text.utf8), mediaType: "text/plain; charset=utf-8"))
        }
    }
}

extension Exchange {
    /// The journey that the path names.
    var journey: String { path["journey"] ?? "" }
}
