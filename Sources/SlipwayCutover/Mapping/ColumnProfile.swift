import SlipwaySQLite

/// What is really stored in a column: which of the candidate types every value survives in.
///
/// Candidates start from the declaration and fall out at the first value they cannot hold exactly, so one pass
/// over a table of any size leaves those that hold all of it.
struct ColumnProfile {
    struct Candidate {
        var codec: ColumnCodec
        var fits = 0
        var misfits = 0
    }

    private(set) var values = 0
    private(set) var candidates: [Candidate]
    private let declared: ColumnType?
    private var sawFirstText = false

    init(declared: ColumnType?) {
        self.declared = declared
        let general: [(ColumnType, ColumnMapping.Form)] = [
            (.bigint, .number), (.double, .number), (.numeric(precision: nil, scale: nil), .number), (.text, .text),
            (.bytea, .blob), (.bytea, .text),
        ]
        var codecs = general.map { ColumnCodec(type: $0.0, form: $0.1, format: TimestampFormat()) }
        if let declared {
            let first = ColumnCodec(
                type: declared, form: ColumnMapping.usualForm(of: declared), format: TimestampFormat())
            codecs.removeAll { $0.type == declared && ($0.form == first.form || declared != .bytea) }
            codecs.insert(first, at: 0)
            if case .numeric = declared {
                codecs.insert(ColumnCodec(type: declared, form: .text, format: TimestampFormat()), at: 1)
            }
        }
        candidates = codecs.map { Candidate(codec: $0) }
    }

    mutating func see(_ cell: CellValue, judge: CellJudge) {
        if case .null = cell { return }
        values += 1
        if !sawFirstText, case .text(let bytes) = cell { learnFormat(from: bytes) }
        for index in candidates.indices {
            // A declared type only has to fit once; without one, what fits most is planned for.
            if declared != nil, candidates[index].misfits > 0, index > 0 || candidates[index].fits > 0 { continue }
            if judge.hazard(of: cell, in: candidates[index].codec) == nil {
                candidates[index].fits += 1
            } else {
                candidates[index].misfits += 1
            }
        }
    }

    /// The type to plan for: the declared one unless not a single value fits it, then what holds everything.
    var choice: ColumnCodec {
        let first = candidates[0]
        if declared != nil, values == 0 || first.fits > 0 { return first.codec }
        if values == 0 { return ColumnCodec(type: .text, form: .text, format: TimestampFormat()) }
        return survivor ?? mostFitting.codec
    }

    private var mostFitting: Candidate {
        let most = candidates.map(\.fits).max() ?? 0
        return declared == nil ? candidates.first { $0.fits == most } ?? candidates[0] : candidates[0]
    }

    /// The first type that every value survives in; nil when the column mixes what no type holds.
    var survivor: ColumnCodec? { survivor { _ in true } }

    /// The first such type that is also allowed.
    func survivor(where isAllowed: (ColumnType) -> Bool) -> ColumnCodec? {
        candidates.first { $0.misfits == 0 && $0.fits > 0 && isAllowed($0.codec.type) }?.codec
    }

    private mutating func learnFormat(from bytes: UnsafeRawBufferPointer) {
        guard declared == .timestamp || declared == .timestamptz else { return }
        guard let format = TimestampFormat(of: bytes) else { return }
        sawFirstText = true
        let type: ColumnType = format.zone == .none ? .timestamp : .timestamptz
        candidates[0].codec = ColumnCodec(type: type, form: .text, format: format)
    }
}
