import Foundation
import SlipwayCutover
import SlipwayDomain
import Synchronization

/// One line on a terminal that shows what runs, how far it is, how fast, and when it will be done. Where standard
/// error is no terminal it says nothing.
final class ProgressBar: Sendable {
    private struct State {
        var part = ""
        var done = 0
        var total: Int?
        var began = ContinuousClock.now
        var drawn = ContinuousClock.now - .seconds(1)
        var width = 0
    }

    private let state: Mutex<State>
    private let isVisible: Bool

    private let report: @Sendable (RunProgress) -> Void

    /// `total` is the rows of the whole stage, when they are known beforehand; `report` hears the same as the terminal.
    init(total: Int? = nil, isJSON: Bool = false, report: @escaping @Sendable (RunProgress) -> Void = { _ in }) {
        self.report = report
        var first = State()
        first.total = total
        state = Mutex(first)
        isVisible = !isJSON && isatty(STDERR_FILENO) == 1
    }

    var progress: CutoverProgress {
        CutoverProgress { [self] event in
            switch event {
            case .began(let part, let rows): began(part, rows)
            case .rows(let count): advanced(count)
            }
        }
    }

    /// How far it is, for one who reads it rather than counts along.
    func show(_ part: String, done: Int, total: Int?) {
        state.withLock { state in
            state.part = part
            state.done = done
            if let total { state.total = total }
            draw(&state, force: false)
        }
    }

    /// Clears the line.
    func finish() {
        state.withLock { state in
            guard isVisible, state.width > 0 else { return }
            write("\r" + String(repeating: " ", count: state.width) + "\r")
            state.width = 0
        }
    }

    private func began(_ part: String, _ rows: Int?) {
        state.withLock { state in
            state.part = part
            if let rows { state.total = rows }
            draw(&state, force: true)
        }
    }

    private func advanced(_ rows: Int) {
        state.withLock { state in
            state.done += rows
            report(RunProgress(done: state.done, total: state.total))
            draw(&state, force: false)
        }
    }

    private func draw(_ state: inout State, force: Bool) {
        let now = ContinuousClock.now
        guard isVisible, force || now - state.drawn > .milliseconds(100) else { return }
        state.drawn = now
        let elapsed = (now - state.began) / .seconds(1)
        let rate = elapsed > 0.2 ? Double(state.done) / elapsed : 0
        let line = Self.line(part: state.part, done: state.done, total: state.total, rate: rate)
        write("\r" + Figures.padded(line, state.width))
        state.width = line.count
    }

    static func line(part: String, done: Int, total: Int?, rate: Double) -> String {
        var text = Figures.padded(part, 34) + " "
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * 20)
            text += "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: 20 - filled) + "] "
            text += Figures.right("\(Int(share * 100)) %", 5) + "  "
        }
        text += Figures.count(done, "row")
        guard rate > 0 else { return text }
        text += "  \(Figures.count(Int(rate)))/s"
        if let total, total > done { text += "  \(Figures.duration(Double(total - done) / rate)) left" }
        return text
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
