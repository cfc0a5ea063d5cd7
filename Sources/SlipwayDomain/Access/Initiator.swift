/// Who or what started a run. A terminal notification goes to an operator, and to nobody for the others.
package struct Initiator: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, CaseIterable, Sendable {
        case `operator`
        case schedule
        case system
    }

    package let kind: Kind
    package let name: String

    package init(kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    package var description: String { "\(kind.rawValue):\(name)" }
}
