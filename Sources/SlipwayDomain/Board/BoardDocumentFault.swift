/// A document that is not what a board was computed from: where it stops being it, and why.
package struct BoardDocumentFault: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// One object of a document while it is read; the place is for whoever reads the fault.
struct DocumentPart {
    private let members: [String: JSONValue]
    private let place: String

    init(_ value: JSONValue?, _ place: String) throws(BoardDocumentFault) {
        guard let members = value?.objectValue else { throw BoardDocumentFault("\(place) is not an object") }
        self.members = members
        self.place = place
    }

    func has(_ key: String) -> Bool { members[key] != nil }

    subscript(key: String) -> JSONValue? { members[key] }

    func text(_ key: String) throws(BoardDocumentFault) -> String {
        guard let text = members[key]?.stringValue else { throw fault(key, "a text") }
        return text
    }

    func textIfAny(_ key: String) throws(BoardDocumentFault) -> String? {
        has(key) ? try text(key) : nil
    }

    func number(_ key: String) throws(BoardDocumentFault) -> Int {
        guard let number = members[key]?.integerValue else { throw fault(key, "a whole number") }
        return Int(number)
    }

    func flag(_ key: String) throws(BoardDocumentFault) -> Bool {
        guard let flag = members[key]?.boolValue else { throw fault(key, "true or false") }
        return flag
    }

    /// Microseconds in a text: a number of JSON would not hold every moment.
    func moment(_ key: String) throws(BoardDocumentFault) -> Timestamp {
        guard let microseconds = Int64(try text(key)) else { throw fault(key, "a time in microseconds") }
        return Timestamp(microseconds: microseconds)
    }

    func momentIfAny(_ key: String) throws(BoardDocumentFault) -> Timestamp? {
        has(key) ? try moment(key) : nil
    }

    func code<Code: RawRepresentable<String>>(_ key: String) throws(BoardDocumentFault) -> Code {
        guard let code = Code(rawValue: try text(key)) else { throw fault(key, "a name that is known") }
        return code
    }

    func names<Name: PlanName>(_ key: String) throws(BoardDocumentFault) -> [Name] {
        var names: [Name] = []
        for value in try list(key) {
            guard let text = value.stringValue else { throw fault(key, "a list of names") }
            names.append(Name(rawValue: text))
        }
        return names
    }

    func parts<Part>(
        _ key: String, _ read: (DocumentPart) throws(BoardDocumentFault) -> Part
    ) throws(BoardDocumentFault) -> [Part] {
        var parts: [Part] = []
        for (index, value) in try list(key).enumerated() {
            parts.append(try read(try DocumentPart(value, "\(place), \(key) \(index + 1)")))
        }
        return parts
    }

    private func list(_ key: String) throws(BoardDocumentFault) -> [JSONValue] {
        guard let list = members[key]?.arrayValue else { throw fault(key, "a list") }
        return list
    }

    private func fault(_ key: String, _ expected: String) -> BoardDocumentFault {
        BoardDocumentFault("\(key) of \(place) is not \(expected)")
    }
}

extension JSONValue {
    init(names: [some PlanName]) {
        self = .array(names.map { .string($0.rawValue) })
    }

    init(_ moment: Timestamp) {
        self = .string(String(moment.microseconds))
    }
}
