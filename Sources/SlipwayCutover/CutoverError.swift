import SlipwaySQL

/// Why a stage stopped. Each has the exit status a script can act on and says what to do next.
package enum CutoverError: Error, CustomStringConvertible {
    /// The source's definitions are not those the plan was made for.
    case schemaChanged(String)
    /// The source was written between two stages that must see the same data.
    case sourceChanged
    /// Another process wrote to the source while it was being read.
    case sourceWritten
    /// Something must be done first; says what.
    case blocked(String)
    /// The target already holds rows that are not this cutover's.
    case targetOccupied(String)
    /// Another process works on the same cutover.
    case busy(String)
    /// A value appeared that the preflight did not see.
    case unexpectedValue(table: String, key: String, column: String)
    /// A fault in our own reading of the server's answer.
    case protocolFault(String)

    package var description: String {
        switch self {
        case .schemaChanged(let what):
            "the source's schema is not the one this manifest was planned for (\(what)): run `slipway cutover plan` again"
        case .sourceChanged:
            "the source changed since the preflight: run `slipway cutover preflight` again, then continue"
        case .sourceWritten:
            "another process wrote to the source while it was read: stop the application, then run this again"
        case .blocked(let why): why
        case .targetOccupied(let what): what
        case .busy(let who): who
        case .unexpectedValue(let table, let key, let column):
            "\(table) \(key): \(column) holds a value the preflight did not see: run `slipway cutover preflight` again"
        case .protocolFault(let what): "the target answered in a way Slipway does not understand: \(what)"
        }
    }
}
