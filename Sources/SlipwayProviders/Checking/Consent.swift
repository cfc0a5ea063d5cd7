import SlipwayDomain

/// What a directory's consent gave an application, against what is asked for.
struct Consent: Hashable, Sendable {
    /// Names of application permissions, in order.
    let granted: [String]
    /// Asked for and not given.
    let missing: [String]
    /// Given and not asked for.
    let beyond: [String]

    init(granted: some Sequence<String>, requested: [String]) {
        let (given, asked) = (Set(granted), Set(requested))
        self.granted = given.sorted()
        missing = asked.subtracting(given).sorted()
        beyond = given.subtracting(asked).sorted()
    }

    /// Why it does not do. More than was asked for is told and not held against it.
    var reason: ReasonCode? {
        if missing.isEmpty { return nil }
        return granted.isEmpty ? .consentMissing : .permissionMissing
    }

    var facts: JSONValue {
        [
            "granted": .array(granted.map { .string($0) }), "missing": .array(missing.map { .string($0) }),
            "beyond": .array(beyond.map { .string($0) }),
        ]
    }
}
