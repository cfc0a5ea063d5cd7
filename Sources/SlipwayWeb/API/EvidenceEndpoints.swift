import SlipwayDomain
import SlipwayOperations
import SlipwayStore

extension Endpoint {
    /// The evidence by the public API.
    static func evidence(_ services: Services) -> [Endpoint] {
        [evidenceList(services), evidenceExport(services), evidenceKey(services), evidenceShow(services)]
    }

    private static let base = "/api/v1/evidence"
    private static let scope = Parameter.query(
        "scope", Schemas.input(), "Only what belongs to the cutover or the journey of this name.")
    /// As the specification of DSSE has it.
    private static let envelope = "application/vnd.dsse+json"
    private static let bundle = "application/vnd.slipway.evidence-bundle"

    private static func evidenceList(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base, name: "evidenceList", summary: "Sealed packets, oldest first, a page at a time.",
            access: .capability(.readAudit), parameters: [scope] + Parameter.page("Packets"),
            answers: [.ok("EvidencePage"), .notFound]
        ) { exchange in
            let page = try await services.evidence.lines(exchange.context) {
                let (after, limit) = try exchange.place()
                return EvidenceQueries.Page(scope: exchange.query["scope"], after: after, limit: limit)
            }
            let next = page.lines.last.map { JSONValue.string("\($0.sequence)") }
            return .json([
                "packets": .array(page.lines.map(line)), "next": page.hasMore ? next ?? .null : .null,
            ])
        }
    }

    private static func line(_ line: EvidenceLine) -> JSONValue {
        [
            "sequence": .integer(line.sequence), "kind": .string(line.kind.rawValue), "scope": .string(line.scope),
            "outcome": .string(line.outcome.rawValue), "digest": .string(line.digest),
            "sealedAt": .string(line.sealedAt.rfc3339),
        ]
    }

    private static func evidenceShow(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base + "/{sequence}", name: "evidenceShow",
            summary: "A packet: its statement, and its text; as an envelope, what was signed and the signature.",
            access: .capability(.readAudit), parameters: [.path("sequence", Schemas.id, "The packet's number.")],
            answers: [
                Answer(
                    200, "The packet.",
                    [
                        "application/json": Schemas.reference("EvidencePacket"),
                        envelope: Schemas.reference("EvidenceEnvelope"),
                    ]), .notFound, .problem(406, "Neither form is accepted."),
            ]
        ) { exchange in
            let entry = try await services.evidence.entry(exchange.path["sequence"] ?? "", exchange.context)
            let tag = ["etag": "\"\(entry.packet.digest.hex)\""]
            guard try exchange.form(among: ["application/json", envelope]) == envelope else {
                return .json(try packet(entry), headers: tag)
            }
            return Reply(200, headers: tag, .json(entry.envelope.json, mediaType: envelope))
        }
    }

    private static func packet(_ entry: EvidenceLog.Entry) throws -> JSONValue {
        let packet = entry.packet
        return [
            "sequence": .integer(packet.sequence), "digest": .string(packet.digest.description),
            "signedBy": .string(entry.envelope.keyID), "text": .string(packet.text),
            "statement": try JSONValue(parsing: packet.statement), "envelope": entry.envelope.json,
        ]
    }

    private static func evidenceExport(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base + "/export", name: "evidenceExport",
            summary: "Packets in one file that anyone can check without this server.",
            access: .capability(.readAudit), parameters: [scope],
            answers: [Answer(200, "The bundle.", [bundle: Schemas.text]), .notFound]
        ) { exchange in
            let bytes = try await services.evidence.export(scope: exchange.query["scope"], exchange.context)
            return Reply(
                200, headers: ["content-disposition": "attachment; filename=\"evidence.bundle\""],
                .bytes(bytes, mediaType: bundle))
        }
    }

    private static func evidenceKey(_ services: Services) -> Endpoint {
        Endpoint(
            method: .get, path: base + "/key", name: "evidenceKey",
            summary: "The public key that packets are checked with, in PEM.", access: .member,
            answers: [Answer(200, "The key.", ["application/x-pem-file": Schemas.text])]
        ) { _ in
            Reply(
                200, .bytes(Array(services.evidence.key.pem.utf8), mediaType: "application/x-pem-file"))
        }
    }
}
