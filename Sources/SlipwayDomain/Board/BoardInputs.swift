/// All that a board is computed from, as it is stored, so that anyone can compute the board again.
package struct BoardInputs: Hashable, Sendable {
    package let plan: PlanReference
    package let readings: [CheckID: FactReading]
    package let at: Timestamp

    package enum PlanReference: Hashable, Sendable {
        /// A plan that comes with Slipway.
        case named(String, version: Int)
        case whole(BoardPlan)
    }

    package init(plan: PlanReference, readings: [CheckID: FactReading], at: Timestamp) {
        self.plan = plan
        self.readings = readings
        self.at = at
    }

    /// Throws when the plan is one by name and there is none of that name and version.
    package func board() throws(BoardDocumentFault) -> Board {
        switch plan {
        case .whole(let plan): return .compute(plan, readings: readings, at: at)
        case .named(let name, let version):
            guard let plan = BoardPlan.named(name, version: version) else {
                throw BoardDocumentFault("there is no plan '\(name)' of version \(version) here")
            }
            return .compute(plan, readings: readings, at: at)
        }
    }
}

extension BoardInputs {
    package var json: JSONValue {
        let plan: JSONValue =
            switch plan {
            case .named(let name, let version): ["name": .string(name), "version": .integer(Int64(version))]
            case .whole(let plan): plan.json
            }
        let members = readings.map { ($0.key.rawValue, $0.value.document) }
        return [
            "plan": plan, "readings": .object(Dictionary(members, uniquingKeysWith: { first, _ in first })),
            "atMicroseconds": JSONValue(at),
        ]
    }

    package init(json: JSONValue) throws(BoardDocumentFault) {
        let part = try DocumentPart(json, "the inputs")
        let plan = try DocumentPart(part["plan"], "the plan")
        guard let members = part["readings"]?.objectValue else {
            throw BoardDocumentFault("readings of the inputs is not an object")
        }
        var readings: [CheckID: FactReading] = [:]
        for (name, value) in members {
            readings[CheckID(name)] = try FactReading(try DocumentPart(value, "the reading of \(name)"))
        }
        self.init(
            plan: plan.has("leaves")
                ? .whole(try BoardPlan(plan)) : .named(try plan.text("name"), version: try plan.number("version")),
            readings: readings, at: try part.moment("atMicroseconds"))
    }

    /// Reads what `json` was written as in canonical form. Throws also when the bytes say the same in another form, or
    /// say something besides: a stored board has one sequence of bytes it was computed from.
    package init(canonical bytes: [UInt8]) throws(BoardDocumentFault) {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw BoardDocumentFault(error.description)
        }
        try self.init(json: document)
        guard (try? json.canonicalBytes) == bytes else {
            throw BoardDocumentFault("the inputs are not in canonical form, or have members that nothing reads")
        }
    }
}
