internal import Yams

/// One node of a YAML document with the path that leads to it, for errors a person can act on.
package struct YAMLNode {
    private let node: Node
    private let document: String
    private let path: String

    private init(_ node: Node, document: String, path: String) {
        self.node = node
        self.document = document
        self.path = path
    }

    /// Reads a text; throws when it is not YAML, or empty. `document` is what people call it.
    package init(parsing text: String, document: String) throws(DocumentError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw DocumentError(document: document, problem: "it is not YAML: \(error)".oneLine)
        }
        guard let root else { throw DocumentError(document: document, problem: "it is empty") }
        self.init(root, document: document, path: "")
    }

    package var isScalar: Bool { node.scalar != nil }

    package func error(_ problem: String) -> DocumentError {
        DocumentError(document: document, line: node.mark?.line, path: path, problem: problem)
    }

    package func text() throws -> String {
        guard let scalar = node.scalar else { throw error("must be a single value") }
        return scalar.string
    }

    package func bool() throws -> Bool {
        switch try text() {
        case "true": true
        case "false": false
        default: throw error("must be true or false")
        }
    }

    package func integer() throws -> Int64 {
        guard let value = Int64(try text()) else { throw error("must be a whole number") }
        return value
    }

    package func choice<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) throws -> Choice
    where Choice.RawValue == String {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            throw error("is \(text); it must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    package func items() throws -> [YAMLNode] {
        guard let sequence = node.sequence else { throw error("must be a list in [ ]") }
        return sequence.enumerated().map {
            YAMLNode($0.element, document: document, path: "\(path)[\($0.offset)]")
        }
    }

    package func texts() throws -> [String] {
        try items().map { try $0.text() }
    }

    /// Keys and values in the order they are written.
    package func entries() throws -> [(key: String, value: YAMLNode)] {
        guard let mapping = node.mapping else { throw error("must be a map of names") }
        return try mapping.map { key, value in
            guard let name = key.scalar?.string else { throw error("a name must be a single value") }
            return (name, YAMLNode(value, document: document, path: path.isEmpty ? name : "\(path).\(name)"))
        }
    }

    /// A map whose keys are all known; an unknown or repeated one is refused by name.
    package func map(_ known: [String]) throws -> YAMLMap {
        var values: [String: YAMLNode] = [:]
        for (key, value) in try entries() {
            guard known.contains(key) else {
                throw value.error("unknown key; known here are \(known.joined(separator: ", "))")
            }
            guard values.updateValue(value, forKey: key) == nil else { throw value.error("stands here twice") }
        }
        return YAMLMap(node: self, values: values)
    }
}

/// A map whose keys were checked.
package struct YAMLMap {
    let node: YAMLNode
    let values: [String: YAMLNode]

    package func required(_ key: String) throws -> YAMLNode {
        guard let value = values[key] else { throw node.error("`\(key):` is missing") }
        return value
    }

    package func optional(_ key: String) -> YAMLNode? {
        values[key]
    }
}

extension String {
    /// All in one line: errors are one line each.
    fileprivate var oneLine: String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
