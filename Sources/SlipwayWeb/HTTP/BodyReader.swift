import SlipwayDomain

/// Reads the members of a JSON body. A member nobody asked for is refused by its name.
struct BodyReader {
    private let members: [String: JSONValue]
    private var read: Set<String> = []

    init(_ body: JSONValue?) throws {
        guard let body else {
            members = [:]
            return
        }
        guard let members = body.objectValue else { throw Problem.invalid("The body must be a JSON object.") }
        self.members = members
    }

    mutating func text(_ name: String) throws -> String? {
        try member(name, "a string") { $0.stringValue }
    }

    mutating func id(_ name: String) throws -> Int64? {
        try member(name, "an integer from 1 to 2^53 - 1") { value in
            value.integerValue.flatMap { (1..<1 << 53).contains($0) ? $0 : nil }
        }
    }

    mutating func texts(_ name: String) throws -> [String]? {
        try member(name, "a list of strings") { value in
            guard let items = value.arrayValue else { return nil }
            let texts = items.compactMap(\.stringValue)
            return texts.count == items.count ? texts : nil
        }
    }

    /// An object of strings and numbers, as what an operation is about.
    mutating func fields(_ name: String) throws -> [String: String]? {
        try member(name, "an object whose members are strings or integers") { value in
            guard let object = value.objectValue else { return nil }
            let texts = object.compactMapValues { $0.stringValue ?? $0.integerValue.map(String.init) }
            return texts.count == object.count ? texts : nil
        }
    }

    /// Refuses what was not read.
    func finish() throws {
        guard let unknown = Set(members.keys).subtracting(read).min() else { return }
        throw Problem.invalid("The body has a field this does not take: \(unknown).", field: unknown)
    }

    private mutating func member<Value>(
        _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
    ) throws -> Value? {
        read.insert(name)
        guard let value = members[name], value != .null else { return nil }
        guard let converted = convert(value) else {
            throw Problem.invalid("The field \(name) must be \(expected).", field: name)
        }
        return converted
    }
}
