import Foundation
package import Testing

/// Compares a text with `Snapshots/<name>.txt` beside the calling test.
///
/// A difference, and a missing file, fail the test. `make generate` runs the tests with `SLIPWAY_RECORD=1`, which
/// writes the files; where `CI=true` nothing is ever written.
package func expectSnapshot(
    _ text: String,
    named name: String,
    filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let environment = ProcessInfo.processInfo.environment
    let mayRecord = environment["SLIPWAY_RECORD"] == "1" && environment["CI"] != "true"
    let snapshot = Snapshot(name: name, testFile: filePath)
    if let failure = snapshot.failure(comparedWith: text, mayRecord: mayRecord) {
        Issue.record(failure, sourceLocation: sourceLocation)
    }
}

/// A checked-in text that a test compares with.
package struct Snapshot: Sendable {
    let name: String
    let file: URL

    package init(name: String, testFile: String) {
        self.name = name
        file = URL(filePath: testFile).deletingLastPathComponent()
            .appending(path: "Snapshots", directoryHint: .isDirectory)
            .appending(path: name + ".txt", directoryHint: .notDirectory)
    }

    /// What is wrong, in words for the one who reads the failed test; nil when the text is as recorded.
    package func failure(comparedWith text: String, mayRecord: Bool) -> Comment? {
        // A file ends in a line break; whether the text does is not what is compared.
        let text = text.hasSuffix("\n") ? text : text + "\n"
        let recorded = try? String(contentsOf: file, encoding: .utf8)
        guard recorded != text else { return nil }
        if mayRecord {
            return record(text)
        }
        guard let recorded else {
            return "there is no snapshot \(name): `make generate` records it"
        }
        let difference = LineDifference(from: recorded, to: text)
        return "differs from the snapshot \(name) (- recorded, + now); `make generate` records anew\n\(difference)"
    }

    private func record(_ text: String) -> Comment? {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
            return nil
        } catch {
            return "the snapshot \(name) could not be written: \(error.localizedDescription)"
        }
    }
}
