import SlipwayDomain

/// The claims of a token whose signature fits. A claim that is null counts as one that is not there.
struct Claims {
    let value: JSONValue

    init(parsing payload: [UInt8]) throws(TokenRefusal) {
        guard let value = try? JSONValue(parsing: payload), value.objectValue != nil else { throw .claimsMalformed }
        self.value = value
    }

    func has(_ name: String) -> Bool {
        (value[name] ?? .null) != .null
    }

    func text(_ claim: TokenClaim) throws(TokenRefusal) -> String? {
        guard has(claim.rawValue) else { return nil }
        guard let text = value[claim.rawValue]?.stringValue else { throw .claimMalformed(claim) }
        return text
    }

    func requiredText(_ claim: TokenClaim) throws(TokenRefusal) -> String {
        guard let text = try text(claim) else { throw .claimMissing(claim) }
        return text
    }

    /// Seconds since 1970, which may have a fraction, up to the year 9999.
    func moment(_ claim: TokenClaim) throws(TokenRefusal) -> Timestamp? {
        let latest: Int64 = 253_402_300_799
        switch value[claim.rawValue] {
        case nil, .null: return nil
        case .integer(let seconds) where (0...latest).contains(seconds): return Timestamp(seconds: seconds)
        case .double(let seconds) where (0...Double(latest)).contains(seconds):
            return Timestamp(microseconds: Int64(seconds * 1_000_000))
        default: throw .claimMalformed(claim)
        }
    }

    func requiredMoment(_ claim: TokenClaim) throws(TokenRefusal) -> Timestamp {
        guard let moment = try moment(claim) else { throw .claimMissing(claim) }
        return moment
    }

    /// One audience or a list of them.
    func audiences() throws(TokenRefusal) -> [String] {
        switch value[TokenClaim.audience.rawValue] {
        case nil, .null: throw .claimMissing(.audience)
        case .string(let one): return [one]
        case .array(let items):
            let texts = items.compactMap(\.stringValue)
            guard texts.count == items.count else { throw .claimMalformed(.audience) }
            return texts
        default: throw .claimMalformed(.audience)
        }
    }
}
