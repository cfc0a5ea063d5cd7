/// One of the five fields of a cron expression: the numbers it allows.
enum CronField: String, CaseIterable, Sendable {
    case minute
    case hour
    case dayOfMonth = "day of the month"
    case month
    case dayOfWeek = "day of the week"

    /// 7 is Sunday too.
    private var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    private var names: [String] {
        switch self {
        case .month:
            ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        case .minute, .hour, .dayOfMonth: []
        }
    }

    /// Reads `*`, numbers, names, ranges, steps and lists of them.
    func numbers(in text: Substring) throws(CronFault) -> Set<Int> {
        var numbers: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            numbers.formUnion(try span(part))
        }
        if self == .dayOfWeek, numbers.remove(7) != nil { numbers.insert(0) }
        return numbers
    }

    private func span(_ part: Substring) throws(CronFault) -> [Int] {
        let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var step = 1
        if pieces.count == 2 {
            guard let number = Int(pieces[1]), number > 0, number <= range.upperBound else {
                throw fault("a step is a number from 1 to \(range.upperBound)", part)
            }
            step = number
        }
        if pieces[0] == "*" { return Array(stride(from: range.lowerBound, through: last, by: step)) }
        let ends = pieces[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let from = try number(ends[0])
        let through = ends.count == 2 ? try number(ends[1]) : pieces.count == 2 ? last : from
        guard from <= through else { throw fault("a range goes upwards", part) }
        return Array(stride(from: from, through: through, by: step))
    }

    /// The last number that is not another name of an earlier one.
    private var last: Int { self == .dayOfWeek ? 6 : range.upperBound }

    private func number(_ text: Substring) throws(CronFault) -> Int {
        if let name = names.firstIndex(of: text.lowercased()), !text.isEmpty { return name }
        guard let number = Int(text), range.contains(number), text.allSatisfy(\.isNumber) else {
            throw fault("takes numbers from \(range.lowerBound) to \(range.upperBound)", text)
        }
        return number
    }

    private func fault(_ what: String, _ text: Substring) -> CronFault {
        CronFault("the \(rawValue) \(what), not \(text.isEmpty ? "nothing" : String(text))")
    }
}

/// A cron expression that cannot be obeyed, and why.
package struct CronFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
