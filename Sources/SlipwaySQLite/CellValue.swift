/// One stored value as SQLite's storage classes have it. Text and blobs are lent by whoever made the value, and
/// the bytes of a text need not be valid UTF-8: SQLite does not check.
package enum CellValue {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeRawBufferPointer)
    case blob(UnsafeRawBufferPointer)

    /// SQLite's own word for the class.
    package var storageClass: String {
        switch self {
        case .null: "NULL"
        case .integer: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }

    /// Equal in class and in every bit: two NaNs with the same bits are equal, 0.0 and -0.0 are not.
    package func isIdentical(to other: CellValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.integer(let left), .integer(let right)): left == right
        case (.real(let left), .real(let right)): left.bitPattern == right.bitPattern
        case (.text(let left), .text(let right)), (.blob(let left), .blob(let right)): left.elementsEqual(right)
        default: false
        }
    }
}
