import SlipwaySQLite

/// Holds every value of a table against its column.
struct ValueCheck {
    let table: TableMapping
    let source: SourceTable
    let file: SQLiteFile

    /// What was seen on the way besides hazards.
    struct Outcome {
        var rows = 0
        /// Values changed by a repair of the manifest, by column.
        var repaired: [String: Int] = [:]
        /// The longest text or blob in bytes, by column.
        var widest: [String: Int] = [:]
    }

    func run(into collector: inout HazardCollector, progress: (Int) -> Void) throws -> Outcome {
        var outcome = Outcome()
        guard let scan = TableScan(table, in: source) else { return outcome }
        let judge = CellJudge()
        let repairer = Repairer()
        let codecs = table.columns.map(\.codec)
        let cursor = try scan.cursor(in: file)
        let tenant = tenantIndex
        var widest = [Int](repeating: 0, count: codecs.count)
        var isEmpty = table.columns.map { source.column($0.source)?.declaredType.isEmpty ?? false }
        while try cursor.next() {
            outcome.rows += 1
            for index in codecs.indices {
                let cell = cursor.cell(scan.firstValue + Int32(index))
                let mapping = table.columns[index]
                widest[index] = max(widest[index], cell.size)
                if isEmpty[index] { if case .null = cell {} else { isEmpty[index] = false } }
                var kind = judge.hazard(of: cell, in: codecs[index])
                if kind != nil, let repaired = repairer.fitting(cell, mapping) {
                    outcome.repaired[mapping.source, default: 0] += 1
                    kind = isMissing(repaired, mapping) ? .required : nil
                } else if kind == nil, isMissing(cell, mapping) {
                    kind = table.key.contains(mapping.source) ? .nullKey : .required
                }
                if index == tenant, kind == nil, TenantName(cell) == nil { kind = .tenantMissing }
                if kind == nil, codecs[index].type == .json, case .text(let bytes) = cell,
                    JSONText(bytes).isRefusedByJSONB
                {
                    kind = .jsonbRefused
                }
                guard let kind else { continue }
                collector.add(
                    Hazard(
                        kind: kind, table: table.source, column: mapping.source, key: scan.keyText(of: cursor),
                        value: ValueShape.text(of: cell)))
            }
            if outcome.rows % 8_192 == 0 { progress(8_192) }
        }
        progress(outcome.rows % 8_192)
        for (index, mapping) in table.columns.enumerated() {
            outcome.widest[mapping.source] = widest[index]
            guard isEmpty[index] else { continue }
            collector.add(Hazard(kind: .emptyColumn, table: table.source, column: mapping.source))
        }
        return outcome
    }

    private var tenantIndex: Int? {
        guard case .column(let name) = table.tenant else { return nil }
        return table.columns.firstIndex { $0.source == name }
    }

    private func isMissing(_ cell: CellValue, _ mapping: ColumnMapping) -> Bool {
        guard case .null = cell else { return false }
        return (mapping.isRequired || table.key.contains(mapping.source)) && mapping.source != tenantName
    }

    private var tenantName: String? {
        if case .column(let name) = table.tenant { name } else { nil }
    }
}
