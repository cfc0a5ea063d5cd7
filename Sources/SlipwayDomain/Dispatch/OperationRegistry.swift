/// Every operation there is, by its type.
package struct OperationRegistry: Sendable {
    private let definitions: [String: OperationDefinition]

    package init(_ definitions: [OperationDefinition]) {
        precondition(Set(definitions.map(\.type)).count == definitions.count, "an operation is defined once")
        self.definitions = Dictionary(uniqueKeysWithValues: definitions.map { ($0.type, $0) })
    }

    package subscript(type: String) -> OperationDefinition? { definitions[type] }

    /// All definitions, by type.
    package var all: [OperationDefinition] { definitions.values.sorted { $0.type < $1.type } }
}
