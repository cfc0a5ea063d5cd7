/// A statement and its values, written once and rendered for either engine.
///
/// The literal parts are `StaticString`, so text made at run time cannot become SQL by accident:
/// `\(value)` binds, `\(identifier:)` quotes a name, `\(sql:)` nests, `\(_: Dialect.Fragment)` names one of
/// the few places where the engines differ.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable {
        case literal(StaticString)
        case identifier(String)
        case bind(SQLValue)
        case fragment(Dialect.Fragment)
        /// A column that has one of these values; there is one at least.
        case list(column: String, [SQLValue])
        /// A table `v` of these rows, with columns `column1`, `column2` and so on; there is a row at least.
        case rows([[SQLValue]], [ColumnType])
    }

    var parts: [Part]

    package init(stringLiteral value: StaticString) {
        parts = [.literal(value)]
    }

    package init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var joined = left
        joined.parts += right.parts
        return joined
    }

    /// The text for one engine, and the values in the order of its placeholders.
    package func rendered(for dialect: Dialect) -> (text: String, binds: [SQLValue]) {
        var text = ""
        var binds: [SQLValue] = []
        for part in parts {
            switch part {
            case .literal(let literal): text += literal.description
            case .identifier(let name): text += SQL.quoted(name)
            case .fragment(let fragment): text += dialect.text(of: fragment)
            case .bind(let value):
                binds.append(value)
                text += dialect.placeholder(binds.count)
            case .list(let column, let values): text += dialect.list(SQL.quoted(column), values, &binds)
            case .rows(let rows, let types): text += dialect.table(rows, types, &binds)
            }
        }
        return (text, binds)
    }

    /// A name in double quotes, with quotes inside doubled: the one form both engines read the same way.
    package static func quoted(_ name: String) -> String {
        "\"\(doubled(name, "\""))\""
    }

    /// A text with every quote in it doubled, by scalar: a quote before a combining mark is a quote to a server,
    /// and another character to Swift.
    package static func doubled(_ text: String, _ quote: Unicode.Scalar) -> String {
        var doubled = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            doubled.append(scalar)
            if scalar == quote { doubled.append(quote) }
        }
        return String(doubled)
    }
}

extension SQL {
    package struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { parts.append(.literal(literal)) }
        }

        package mutating func appendInterpolation(_ value: some SQLBindable) {
            parts.append(.bind(value.sqlValue))
        }

        package mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            parts.append(.bind(value.sqlValue))
        }

        package mutating func appendInterpolation(identifier name: String) {
            parts.append(.identifier(name))
        }

        package mutating func appendInterpolation(sql: SQL) {
            parts += sql.parts
        }

        package mutating func appendInterpolation(_ fragment: Dialect.Fragment) {
            parts.append(.fragment(fragment))
        }

        /// True where the column has one of the values; an empty list is false.
        package mutating func appendInterpolation(anyOf values: [some SQLBindable], in column: String) {
            parts.append(values.isEmpty ? .literal("1 = 0") : .list(column: column, values.map(\.sqlValue)))
        }

        /// `… AS v`: a table of values, with columns `column1`, `column2` and so on, of these types.
        package mutating func appendInterpolation(rows: [[SQLValue]], _ types: ColumnType...) {
            precondition(rows.allSatisfy { $0.count == types.count } && !rows.isEmpty, "each row has every column")
            parts.append(.rows(rows, types))
        }

        /// `column IN ('a', 'b')` over the cases of a state enum, for a CHECK constraint.
        package mutating func appendInterpolation<State: CaseIterable & RawRepresentable>(
            check column: String, among states: State.Type
        ) where State.RawValue == String {
            parts += [.literal("CHECK ("), .identifier(column), .literal(" IN (")]
            for (index, state) in states.allCases.enumerated() {
                if index > 0 { parts.append(.literal(", ")) }
                parts += [.literal("'"), .word(state.rawValue), .literal("'")]
            }
            parts.append(.literal("))"))
        }
    }
}

extension SQL.Part {
    /// A state's raw value inside quotes; anything but letters, digits, `_`, `.` and `-` is a programming error.
    static func word(_ text: String) -> SQL.Part {
        precondition(
            text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                    || byte == 0x5F || byte == 0x2E || byte == 0x2D
            },
            "a state's raw value must be a plain word, got \(text)")
        return .fragment(.word(text))
    }
}

/// What a column of a table of values holds.
package enum ColumnType: Sendable {
    case integer
    case text
}
