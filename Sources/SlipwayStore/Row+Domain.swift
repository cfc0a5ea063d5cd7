package import SlipwayDomain
package import SlipwaySQL

extension Row {
    func id<Entity>(_ column: String, of entity: Entity.Type = Entity.self) throws -> ID<Entity> {
        guard let id = ID<Entity>(try integer(column)) else { throw corrupt(column) }
        return id
    }

    func idIfAny<Entity>(_ column: String, of entity: Entity.Type = Entity.self) throws -> ID<Entity>? {
        try value(column) == .null ? nil : try id(column)
    }

    func state<State: RawRepresentable>(
        _ column: String, as type: State.Type = State.self
    ) throws -> State where State.RawValue == String {
        guard let state = State(rawValue: try text(column)) else { throw corrupt(column) }
        return state
    }

    func stateIfAny<State: RawRepresentable>(
        _ column: String, as type: State.Type = State.self
    ) throws -> State? where State.RawValue == String {
        try value(column) == .null ? nil : try state(column)
    }

    func json(_ column: String) throws -> JSONValue {
        guard let value = try? JSONValue(parsing: Array(try text(column).utf8)) else { throw corrupt(column) }
        return value
    }

    func jsonIfAny(_ column: String) throws -> JSONValue? {
        try value(column) == .null ? nil : try json(column)
    }

    func moment(_ column: String) throws -> Timestamp {
        Timestamp(microseconds: try integer(column))
    }

    func momentIfAny(_ column: String) throws -> Timestamp? {
        try value(column).integer.map(Timestamp.init(microseconds:))
    }

    func progress() throws -> RunProgress? {
        guard let done = try value("progress_done").integer else { return nil }
        return RunProgress(done: Int(done), total: try value("progress_total").integer.map(Int.init))
    }

    private func corrupt(_ column: String) -> DatabaseError {
        .misuse("column \(column) holds what this version of Slipway does not write: use the version that wrote it")
    }
}

extension ID: SQLBindable {
    package var sqlValue: SQLValue { .integer(number) }
}

extension Timestamp: SQLBindable {
    package var sqlValue: SQLValue { .integer(microseconds) }
}

extension JSONValue {
    /// Canonical text for a column. What Slipway itself puts into documents always has one.
    func text() throws -> String {
        String(decoding: try canonicalBytes, as: UTF8.self)
    }
}
