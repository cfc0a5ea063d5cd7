import SlipwayDomain

/// Reads the members of a JSON body. A member nobody asked for is refused by its name, and so is one that is longer
/// than anything sensible, or that holds what a database cannot.
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

    mutating func text(_ name: String, upTo limit: Int = InputLimits.text) throws -> String? {
        try member(name, "a string of up to \(limit) characters without NUL") { value in
            value.stringValue.flatMap { InputLimits.allow($0, upTo: limit) ? $0 : nil }
        }
    }

    mutating func id(_ name: String) throws -> Int64? {
        try member(name, "an integer from 1 to 2^53 - 1") { value in
            value.wholeNumber.flatMap { (1...InputLimits.integer).contains($0) ? $0 : nil }
        }
    }

    mutating func texts(_ name: String) throws -> [String]? {
        try member(name, "a list of strings of up to \(InputLimits.text) characters without NUL") { value in
            guard let items = value.arrayValue else { return nil }
            let texts = items.compactMap(\.stringValue)
            let areAllowed = texts.allSatisfy { InputLimits.allow($0, upTo: InputLimits.text) }
            return texts.count == items.count && areAllowed ? texts : nil
        }
    }

    /// An object of strings and numbers, as what an operation is about.
    mutating func fields(_ name: String) throws -> [String: String]? {
        let expected =
            "an object of up to \(InputLimits.fields) members, which are integers or strings without NUL of up to "
            + "\(InputLimits.value) characters"
        return try member(name, expected) { value in
            guard let object = value.objectValue, object.count <= InputLimits.fields else { return nil }
            let texts = object.compactMapValues { value in
                value.stringValue
                    ?? value.wholeNumber.flatMap { InputLimits.integers.contains($0) ? String($0) : nil }
            }
            let areAllowed = texts.allSatisfy { name, value in
                InputLimits.allow(name, upTo: InputLimits.text) && InputLimits.allow(value, upTo: InputLimits.value)
            }
            return texts.count == object.count && areAllowed ? texts : nil
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

/// How much of a thing a request may bring, in Unicode scalars, which is how JSON Schema counts.
enum InputLimits {
    static let text = 256
    static let value = 4096
    static let fields = 32
    /// The largest integer that every JSON reader holds exactly.
    static let integer: Int64 = (1 << 53) - 1
    static let integers = -integer...integer

    static func allow(_ text: String, upTo limit: Int) -> Bool {
        text.unicodeScalars.count <= limit && !text.utf8.contains(0)
    }
}

extension JSONValue {
    /// An integer, however it is written: 7.0 is one too.
    fileprivate var wholeNumber: Int64? {
        switch self {
        case .integer(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }
}
