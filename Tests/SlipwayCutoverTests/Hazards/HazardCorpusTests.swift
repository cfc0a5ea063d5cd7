import Foundation
import SlipwaySQLite
import Testing

@testable import SlipwayCutover

/// Every case of the corpus, through the very stages a cutover has: what is hazardous is named with its table,
/// column and row, what is harmless arrives exactly, and nothing in between.
@Suite(.timeLimit(.minutes(15))) struct HazardCorpusTests {
    @Test(arguments: HazardCorpus.groups)
    func `every hazard is named, every other value arrives`(in group: CorpusGroup) async throws {
        try await HazardCorpusRun.run(group)
        await CorpusTally.shared.add(group)
    }

    @Test func `the corpus is large and has every class`() {
        #expect(HazardCorpus.cases.count >= 260)
        let named = Set(HazardCorpus.cases.flatMap(\.expects).map { String($0.prefix { $0 != " " }) })
        let unnamed = HazardClass.allCases.filter { !named.contains($0.rawValue) }
        #expect(unnamed == [.blobSize], "a case is missing for these")
        #expect(named.isSubset(of: HazardClass.allCases.map(\.rawValue)))
        for group in HazardCorpus.groups {
            let tables = group.cases.flatMap(\.tables).map { $0.lowercased() }
            #expect(Set(tables).count == tables.count, "two cases of \(group.name) share a table")
        }
    }

    /// SQLite as it is usually built holds a thousand million bytes at most, so no file can have this one.
    @Test func `a value larger than a field is named by its size alone`() throws {
        let byte = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
        defer { byte.deallocate() }
        let huge = UnsafeRawBufferPointer(start: byte, count: CellJudge.largestField + 1)
        for type in [ColumnType.text, .bytea, .json, .numeric(precision: nil, scale: nil), .date] {
            let codec = ColumnCodec(type: type, form: .text, format: TimestampFormat())
            #expect(CellJudge().hazard(of: .text(huge), in: codec) == .blobSize)
        }
        let bytes = ColumnCodec(type: .bytea, form: .blob, format: TimestampFormat())
        #expect(CellJudge().hazard(of: .blob(huge), in: bytes) == .blobSize)
    }
}

/// Counts what has been run, and says so once all has.
actor CorpusTally {
    static let shared = CorpusTally()

    private var done: [CorpusGroup] = []

    func add(_ group: CorpusGroup) {
        done.append(group)
        guard done.count == HazardCorpus.groups.count else { return }
        let cases = done.flatMap(\.cases)
        var lines = HazardClass.allCases.compactMap { kind -> String? in
            let these = cases.filter { $0.about == kind }
            guard !these.isEmpty else { return nil }
            let named = these.filter { !$0.expects.isEmpty }.count
            return
                "hazard corpus: \(kind.rawValue): \(these.count) cases, \(named) named, \(these.count - named) arrive as they are"
        }
        let blocked = cases.filter(\.isBlocked).count
        lines.append(
            "hazard corpus: \(cases.count) cases in \(done.count) sources, \(blocked) blocked, silent damage 0, companions lost 0"
        )
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}
