/// Every way a source can fail to arrive exactly, or leave something behind. docs/hazards.md explains each.
package enum HazardClass: String, CaseIterable, Hashable, Sendable {
    case storageClass = "storage_class"
    case invalidUTF8 = "invalid_utf8"
    case nul
    case date
    case zone
    case nonFinite = "non_finite"
    case integerRange = "integer_range"
    case boolean
    case decimalRounded = "decimal_rounded"
    case decimalRange = "decimal_range"
    case uuid
    case json
    case jsonbRefused = "jsonb_refused"
    case blobSize = "blob_size"
    case indexSize = "index_size"
    case required
    case orphan
    case crossTenant = "cross_tenant"
    case foreignKey = "foreign_key"
    case missingKey = "missing_key"
    case nullKey = "null_key"
    case duplicateKey = "duplicate_key"
    case tenantMissing = "tenant_missing"
    case nameLength = "name_length"
    case nameCollision = "name_collision"
    case reservedName = "reserved_name"
    case caseFolding = "case_folding"
    case generatedColumn = "generated_column"
    case view
    case trigger
    case virtualTable = "virtual_table"
    case index
    case check
    case defaultValue = "default_value"
    case collation
    case emptyColumn = "empty_column"
    case foreignKeyLeft = "foreign_key_left"
    case leftOut = "left_out"
    case clause

    /// A notice names what a reader should know; anything else keeps the copy from starting.
    package var isNotice: Bool {
        switch self {
        case .jsonbRefused, .reservedName, .caseFolding, .generatedColumn, .view, .trigger, .virtualTable, .index,
            .check, .defaultValue, .collation, .emptyColumn, .foreignKeyLeft, .leftOut, .clause:
            true
        default: false
        }
    }

    package var why: String {
        switch self {
        case .storageClass: "the value's storage class is not the one the column is declared to hold"
        case .invalidUTF8: "the text has bytes that are not UTF-8; PostgreSQL refuses them"
        case .nul: "the text has a NUL character; PostgreSQL's text cannot hold it"
        case .date: "the text is not a date or time in the column's one format"
        case .zone: "the time carries a zone that the column's type would not keep"
        case .nonFinite: "infinity or NaN has no exact form in the column's type"
        case .integerRange: "the integer is beyond the range of the column's type"
        case .boolean: "a boolean column holds something other than 0 and 1"
        case .decimalRounded: "the source stores this decimal as a double of 16 or 17 digits: it was rounded before"
        case .decimalRange: "the decimal has more digits than the column is declared for"
        case .uuid: "the text is not a UUID in lower-case canonical form"
        case .json: "the text is not valid JSON"
        case .jsonbRefused: "json keeps this text as it is, but jsonb would refuse it or drop a part"
        case .blobSize: "the value is larger than the 1 GB a PostgreSQL field can hold"
        case .indexSize: "the values are longer than an entry of a PostgreSQL index can be"
        case .required: "the column is declared NOT NULL in the target and the value is NULL"
        case .orphan: "the row refers to a parent row that does not exist"
        case .crossTenant: "the row refers to a parent row of another tenant"
        case .foreignKey: "the foreign key cannot be declared in PostgreSQL as it stands"
        case .missingKey: "the table has no key, so its rows cannot be resumed, compared or found"
        case .nullKey: "a part of the key is NULL; PostgreSQL's primary keys cannot hold it"
        case .duplicateKey: "two rows have the same key"
        case .tenantMissing: "the row or table names no tenant, so no tenant could see it"
        case .nameLength: "PostgreSQL cuts names after 63 bytes"
        case .nameCollision: "two names become the same in the target"
        case .reservedName: "the name is a reserved word: write it in double quotes in SQL"
        case .caseFolding: "PostgreSQL folds unquoted names to lower case: write this one in double quotes"
        case .generatedColumn: "the column is computed by the source; it is left behind"
        case .view: "the view is left behind"
        case .trigger: "the trigger is left behind"
        case .virtualTable: "the virtual table and its shadow tables are left behind"
        case .index: "the index is left behind: it is partial or over an expression or a collation"
        case .check: "the CHECK constraint is left behind"
        case .defaultValue: "the default is an expression of SQLite's; it is left behind"
        case .collation: "the column compares without regard to case or trailing spaces; PostgreSQL will not"
        case .foreignKeyLeft: "the foreign key, or a part of it, is left behind"
        case .clause: "a clause of the table or of an index is left behind"
        case .leftOut: "the manifest leaves it behind"
        case .emptyColumn: "the column has neither a declared type nor a value; it becomes text"
        }
    }
}
