/// What becomes of one source column: its name, type and form in the target, and what may be done to a value
/// that does not fit.
package struct ColumnMapping: Hashable, Sendable {
    /// What the source stores where the type alone does not tell: needed to read a value back as it was.
    package enum Form: String, CaseIterable, Hashable, Sendable {
        /// `numeric` from SQLite numbers, integral ones as INTEGER, as NUMERIC affinity stores them.
        case number
        /// `numeric` or `bytea` from TEXT, byte for byte.
        case text
        /// `bytea` from BLOB.
        case blob
    }

    package var source: String
    package var target: String
    package var type: ColumnType
    package var form: Form
    package var format: TimestampFormat
    package var repairs: [Repair]
    package var isRequired: Bool
    package var isIdentity: Bool
    package var defaultSQL: String?

    package init(
        source: String, target: String? = nil, type: ColumnType, form: Form? = nil,
        format: TimestampFormat = TimestampFormat(), repairs: [Repair] = [], isRequired: Bool = false,
        isIdentity: Bool = false, defaultSQL: String? = nil
    ) {
        self.source = source
        self.target = target ?? source
        self.type = type
        self.form = form ?? ColumnMapping.usualForm(of: type)
        self.format = format
        self.repairs = repairs
        self.isRequired = isRequired
        self.isIdentity = isIdentity
        self.defaultSQL = defaultSQL
    }

    package static func usualForm(of type: ColumnType) -> Form {
        switch type {
        case .numeric: .number
        case .bytea: .blob
        default: .text
        }
    }

    package var codec: ColumnCodec { ColumnCodec(type: type, form: form, format: format) }
}
