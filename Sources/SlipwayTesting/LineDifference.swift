/// Two texts compared line by line: the lines that changed, with a few around them for bearings.
package struct LineDifference: CustomStringConvertible, Sendable {
    private enum Line: Sendable {
        case same(String)
        case removed(String)
        case added(String)
    }

    private let lines: [Line]

    package init(from old: String, to new: String) {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let changes = after.difference(from: before)
        let removed = Set(changes.removals.map(Self.offset))
        let added = Set(changes.insertions.map(Self.offset))
        var lines: [Line] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if removed.contains(left) {
                lines.append(.removed(before[left]))
                left += 1
            } else if added.contains(right) {
                lines.append(.added(after[right]))
                right += 1
            } else {
                lines.append(.same(before[left]))
                left += 1
                right += 1
            }
        }
        self.lines = lines
    }

    package var description: String {
        let context = 2
        let changed = lines.indices.filter { if case .same = lines[$0] { false } else { true } }
        var shown = Set<Int>()
        for index in changed { shown.formUnion(index - context...index + context) }
        var text: [String] = []
        for index in lines.indices where shown.contains(index) {
            if index > 0, !shown.contains(index - 1) { text.append("  @ line \(index + 1)") }
            text.append(render(lines[index]))
        }
        return text.joined(separator: "\n")
    }

    private func render(_ line: Line) -> String {
        switch line {
        case .same(let text): "  " + text
        case .removed(let text): "- " + text
        case .added(let text): "+ " + text
        }
    }

    private static func offset(of change: CollectionDifference<String>.Change) -> Int {
        switch change {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
