/// What a stage tells whoever watches it. May be called from any thread.
package struct CutoverProgress: Sendable {
    package enum Event: Sendable {
        /// A new part began; `rows` of work are ahead when that is known.
        case began(String, rows: Int?)
        /// So many more rows are done.
        case rows(Int)
    }

    private let report: @Sendable (Event) -> Void

    package init(_ report: @escaping @Sendable (Event) -> Void) {
        self.report = report
    }

    package static let silent = CutoverProgress { _ in }

    /// Says that a table is being read.
    package func reading(_ table: String) {
        began("reading \(table)")
    }

    func began(_ part: String, rows: Int? = nil) {
        report(.began(part, rows: rows))
    }

    func rows(_ count: Int) {
        if count > 0 { report(.rows(count)) }
    }
}
