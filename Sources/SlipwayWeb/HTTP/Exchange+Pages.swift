import SlipwayDomain

extension Exchange {
    /// A number of the query; nil when it is not there.
    func number(_ name: String, in range: ClosedRange<Int64>) throws -> Int64? {
        guard let text = query[name] else { return nil }
        guard let number = Int64(text), String(number) == text, range.contains(number) else {
            throw Problem.invalid(
                "\(name) is a number from \(range.lowerBound) to \(range.upperBound).", field: name)
        }
        return number
    }

    /// Where a page of a list that only grows begins, and how much is on it.
    func place(limit usual: Int64 = 100) throws -> (after: Int64, limit: Int) {
        (
            after: try number("cursor", in: 0...InputLimits.integer) ?? 0,
            limit: Int(try number("limit", in: 1...1000) ?? usual)
        )
    }

    /// The document; nothing but its tag for one who has it as it is.
    func reply(_ json: JSONValue, tag: String) throws -> Reply {
        let match = try ETagList(headers["if-none-match"], in: "If-None-Match")
        guard match?.matches(tag, weakly: true) != true else { return Reply(304, headers: ["etag": tag]) }
        return .json(json, headers: ["etag": tag])
    }

    /// The form that is asked for in Accept, the first when none is; throws a problem that names all of them.
    func form(among types: [String]) throws -> String {
        guard let type = Negotiation.type(among: types, accept: headers["accept"]) else {
            throw Problem(
                status: 406, kind: "not_acceptable", title: "Not acceptable",
                detail: "This answers \(types.joined(separator: " or ")).")
        }
        return type
    }
}

extension Endpoint.Parameter {
    /// Both of a list that only grows.
    static func page(_ things: String) -> [Self] {
        [
            .query(
                "limit", ["type": "integer", "minimum": 1, "maximum": 1000], "\(things) a page; 100 when not given."),
            .query(
                "cursor", ["type": "integer", "minimum": 0, "maximum": .integer(InputLimits.integer)],
                "`next` of the page before. What comes later comes behind it."),
        ]
    }

    static let ifNoneMatch = header("If-None-Match", Schemas.etags, "The ETag of the copy one has.")
}
