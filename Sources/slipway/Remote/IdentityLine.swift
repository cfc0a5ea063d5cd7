import SlipwayDomain

/// Who somebody is at a server elsewhere, for a person and for a script.
enum IdentityLine {
    /// `Olena Able (olena), operator in every tenant`.
    static func text(_ identity: JSONValue) -> String {
        let actor = identity["actor"]?.stringValue ?? "?"
        let name = identity["name"]?.stringValue ?? actor
        let tenants = identity["tenants"]?.arrayValue.map { Figures.count($0.count, "tenant") } ?? "every tenant"
        let who = name == actor ? actor : "\(name) (\(actor))"
        return Printable.text("\(who), \(identity["role"]?.stringValue ?? "no role") in \(tenants)", limit: 300)
    }

    /// What the server says, and which it is.
    static func json(_ identity: JSONValue, _ address: ServerAddress) -> JSONValue {
        var members = identity.objectValue ?? [:]
        members["server"] = .string(address.description)
        return .object(members)
    }
}
