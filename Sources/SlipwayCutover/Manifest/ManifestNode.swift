import Yams

/// One node of a manifest with the path that leads to it, for errors a person can act on.
struct ManifestNode {
    private let node: Node
    private let path: String

    init(_ node: Node, path: String) {
        self.node = node
        self.path = path
    }

    var isScalar: Bool { node.scalar != nil }

    func error(_ problem: String) -> ManifestError {
        ManifestError(line: node.mark?.line, path: path, problem: problem)
    }

    func text() throws -> String {
        guard let scalar = node.scalar else { throw error("must be a single value") }
        return scalar.string
    }

    func bool() throws -> Bool {
        switch try text() {
        case "true": true
        case "false": false
        default: throw error("must be true or false")
        }
    }

    func integer() throws -> Int64 {
        guard let value = Int64(try text()) else { throw error("must be a whole number") }
        return value
    }

    func choice<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) throws -> Choice
    where Choice.RawValue == String {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            throw error("is \(text); it must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func action() throws -> String {
        let text = try text().uppercased()
        guard ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"].contains(text) else {
            throw error("is not an action of a foreign key")
        }
        return text
    }

    func items() throws -> [ManifestNode] {
        guard let sequence = node.sequence else { throw error("must be a list in [ ]") }
        return sequence.enumerated().map { ManifestNode($0.element, path: "\(path)[\($0.offset)]") }
    }

    func texts() throws -> [String] {
        try items().map { try $0.text() }
    }

    /// Keys and values in the order they are written.
    func entries() throws -> [(key: String, value: ManifestNode)] {
        guard let mapping = node.mapping else { throw error("must be a map of names") }
        return try mapping.map { key, value in
            guard let name = key.scalar?.string else { throw error("a name must be a single value") }
            return (name, ManifestNode(value, path: path.isEmpty ? name : "\(path).\(name)"))
        }
    }

    /// A map whose keys are all known; an unknown or repeated one is refused by name.
    func map(_ known: [String]) throws -> ManifestMap {
        var values: [String: ManifestNode] = [:]
        for (key, value) in try entries() {
            guard known.contains(key) else {
                throw value.error("unknown key; known here are \(known.joined(separator: ", "))")
            }
            guard values.updateValue(value, forKey: key) == nil else { throw value.error("stands here twice") }
        }
        return ManifestMap(node: self, values: values)
    }
}

struct ManifestMap {
    let node: ManifestNode
    let values: [String: ManifestNode]

    func required(_ key: String) throws -> ManifestNode {
        guard let value = values[key] else { throw node.error("`\(key):` is missing") }
        return value
    }

    func optional(_ key: String) throws -> ManifestNode? {
        values[key]
    }
}

extension String {
    /// The first line only: errors are one line each.
    var oneLine: String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
