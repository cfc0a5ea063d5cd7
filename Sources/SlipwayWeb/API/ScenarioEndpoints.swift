import SlipwayDomain
import SlipwayOperations
import Synchronization

extension Endpoint {
    /// The Scenario Store by the public API.
    static func scenario(_ services: Services) -> [Endpoint] {
        [
            scenarioSession(services), scenarioCollections(services), scenarioRows(services),
            scenarioAppend(services), scenarioRow(services), scenarioUpdate(services), scenarioExport(services),
            scenarioImport(services),
        ]
    }

    private static let base = "/api/v1/tenants/{tenant}/scenario"
    private static let rows = base + "/collections/{collection}/rows"
    private static let tenant = Parameter.path("tenant", Schemas.pathName, "The tenant's name or number.")
    private static let collection = Parameter.path(
        "collection", Schemas.oneOf(ScenarioCollection.allCases.map(\.rawValue)), "The collection.")
    private static let row = Parameter.path("row", Schemas.scenarioRowID, "The row's id.")

    private static func scenarioSession(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base, name: "scenarioSession",
            summary: "What the demo session is now: where its rows are, how tenants are kept apart, what is there.",
            access: .member, parameters: [tenant], answers: [.ok("ScenarioSession"), .notFound]
        ) { exchange in
            .json(try await services.scenario.session(tenant: exchange.path["tenant"] ?? "", exchange.context).json)
        }
    }

    private static func scenarioCollections(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base + "/collections", name: "scenarioCollectionList",
            summary: "The collections one may read, each with as many rows as one finds there.", access: .member,
            parameters: [tenant], answers: [.ok("ScenarioCollectionList"), .notFound]
        ) { exchange in
            let seen = try await services.scenario.collections(
                tenant: exchange.path["tenant"] ?? "", exchange.context)
            return .json(["collections": .array(seen.map { ScenarioJSON.collection($0, rows: $1, exchange.context) })])
        }
    }

    private static func scenarioRows(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: rows, name: "scenarioRowList",
            summary: "Rows in the order in which they were last written, a page at a time.", access: .collection,
            parameters: [
                tenant, collection,
                .query(
                    "limit", ["type": "integer", "minimum": 1, "maximum": 1000], "Rows a page; 100 when not given."),
                .query(
                    "cursor", ["type": "integer", "minimum": 0, "maximum": .integer(InputLimits.integer)],
                    "`next` of the page before. What is written later comes behind it."),
            ],
            answers: [.ok("ScenarioRowPage"), .notFound]
        ) { exchange in
            let path = exchange.path
            let page = try await services.scenario.page(
                path["collection"] ?? "", tenant: path["tenant"] ?? "", exchange.context
            ) {
                try exchange.place()
            }
            let next = page.rows.last.map { JSONValue.string("\($0.sequence)") }
            return .json([
                "rows": .array(try page.rows.map(ScenarioJSON.row)), "next": page.hasMore ? next ?? .null : .null,
            ])
        }
    }

    private static func scenarioAppend(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: rows, name: "scenarioRowAppend",
            summary: "Append rows, all of them or none. A row that is there as it was sent is answered as it was then.",
            access: .collection, parameters: [tenant, collection],
            body: Schemas.reference("ScenarioAppend"), isBodyRequired: true,
            answers: [
                .ok("ScenarioRows"), .notFound,
                .problem(409, "A row of that id says something else; each row's outcome is in `outcomes`."),
            ]
        ) { exchange in
            let answer = try await services.scenario.write(
                to: exchange.path["collection"] ?? "", tenant: exchange.path["tenant"] ?? "",
                as: exchange.caller.role, exchange.context
            ) {
                .append(try ScenarioBody.drafts(exchange.body.json()))
            }
            let rows = try stored(answer)
            return .json(["rows": .array(try rows.map(ScenarioJSON.row))], headers: replayed(answer))
        }
    }

    private static func scenarioRow(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: rows + "/{row}", name: "scenarioRowShow", summary: "A row.", access: .collection,
            parameters: [
                tenant, collection, row, .header("If-None-Match", Schemas.etags, "The ETag of the copy one has."),
            ],
            answers: [.ok("ScenarioRow"), Answer(304, "The copy is as it was."), .notFound]
        ) { exchange in
            let row = try await services.scenario.row(
                exchange.path["row"] ?? "", of: exchange.path["collection"] ?? "",
                tenant: exchange.path["tenant"] ?? "",
                exchange.context)
            let tag = ScenarioJSON.etag(row)
            let match = try ETagList(exchange.headers["if-none-match"], in: "If-None-Match")
            if match?.matches(tag, weakly: true) == true { return Reply(304, headers: ["etag": tag]) }
            return .json(try ScenarioJSON.row(row), headers: ["etag": tag])
        }
    }

    private static func scenarioUpdate(_ services: Services) -> Endpoint {
        Endpoint(
            method: .put, path: rows + "/{row}", name: "scenarioRowUpdate",
            summary: "Give a row another payload, if it is still the one that was read.", access: .collection,
            parameters: [
                tenant, collection, row,
                .header("If-Match", Schemas.etags, "The row's ETag, or * for whatever it is. It has to be there."),
            ],
            body: Schemas.reference("ScenarioUpdate"), isBodyRequired: true,
            answers: [
                .ok("ScenarioRow"), .notFound, .problem(409, "Nobody writes there but the store."),
                .problem(412, "The row has changed since."), .problem(428, "If-Match is missing."),
            ]
        ) { exchange in
            let id = exchange.path["row"] ?? ""
            let answer = try await services.scenario.write(
                to: exchange.path["collection"] ?? "", tenant: exchange.path["tenant"] ?? "",
                as: exchange.caller.role, exchange.context
            ) {
                guard ScenarioText.isRowID(id) else { throw NotFound.row(id) }
                let draft = try ScenarioBody.draft(id, exchange.body.json())
                guard let match = try ETagList(exchange.headers["if-match"], in: "If-Match") else {
                    throw Problem.ifMatchMissing
                }
                return .update(draft, in: match.versions)
            }
            if case .conflict = answer.outcomes.first { throw Problem.rowChangedMeanwhile }
            guard let row = try stored(answer).first else { throw NotFound.row(id) }
            return .json(
                try ScenarioJSON.row(row),
                headers: replayed(answer).merging(["etag": ScenarioJSON.etag(row)], uniquingKeysWith: { $1 }))
        }
    }

    private static func scenarioExport(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base + "/snapshot", name: "scenarioSnapshotExport",
            summary: "The rows as they are at this moment, as BFGScenarioSnapshot.v1 with its digest.",
            access: .capability(.runCutover), parameters: [tenant], answers: [.ok("ScenarioEnvelope"), .notFound]
        ) { exchange in
            let bytes = Mutex<[UInt8]>([])
            let summary = try await services.scenario.export(
                tenant: exchange.path["tenant"] ?? "", exchange.context
            ) { piece in
                bytes.withLock { $0 += piece }
            }
            return Reply(
                200, headers: ["etag": "\"\(summary.digest.hex)\""],
                .bytes(bytes.withLock(\.self), mediaType: "application/json"))
        }
    }

    private static func scenarioImport(_ services: Services) -> Endpoint {
        Endpoint(
            method: .post, path: base + "/snapshot", name: "scenarioSnapshotImport",
            summary: "Take a snapshot in, all of it or nothing. Taking in what is there already changes nothing.",
            access: .capability(.runCutover), parameters: [tenant], body: Schemas.reference("ScenarioEnvelope"),
            isBodyRequired: true, longestBody: 1 << 24,
            answers: [
                .ok("ScenarioImport"), .notFound,
                .problem(409, "The store has rows that are not the snapshot's, or it is another tenant's."),
                .problem(422, "It is no snapshot, or its digest is another's."),
            ]
        ) { exchange in
            let taken = try await services.scenario.restore(
                tenant: exchange.path["tenant"] ?? "", exchange.context
            ) {
                guard let json = try exchange.body.json() else { throw ScenarioSnapshotFault.envelope }
                return try ScenarioEnvelope(json)
            }
            return .json(
                ["rows": .integer(Int64(taken.summary.rows)), "snapshotDigest": .string("\(taken.summary.digest)")],
                headers: taken.isNew ? [:] : ["idempotency-replayed": "true"])
        }
    }

    private static func stored(_ answer: ScenarioAnswer) throws -> [ScenarioRow] {
        if let rows = answer.rows { return rows }
        if case .absent(let id) = answer.outcomes.first { throw NotFound.row(id) }
        throw Problem.rowConflict(answer)
    }

    private static func replayed(_ answer: ScenarioAnswer) -> [String: String] {
        answer.written == 0 ? ["idempotency-replayed": "true"] : [:]
    }
}
