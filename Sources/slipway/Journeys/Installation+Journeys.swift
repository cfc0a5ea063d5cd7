import Foundation
import SlipwayDomain
import SlipwayOperations
import SlipwayStore

extension Installation {
    /// The journeys of the workspace, over the Scenario Store in the data directory.
    var journeys: Journeys { journeys(ScenarioOptions.file(folder + "/scenario.sqlite"), authMode: "mock-auth-header") }

    /// Over another place; `authMode` is that in which people are known to the application.
    func journeys(_ place: ScenarioPlace, authMode: String) -> Journeys {
        let sources = JourneySources(
            contracts: catalogue.all.compactMap(\.contract), store: ScenarioStore(place, clock: clock),
            authMode: authMode, manifest: { file in CutoverFiles.digest(of: file) })
        return Journeys(changes, sources: sources, evidence: evidence)
    }

    /// The journey of that name; without one the only one there is.
    func journeyName(_ name: String?) async throws -> String {
        if let name { return name }
        let all = try await journeys.all(context())
        guard let only = all.first, all.count == 1 else {
            throw CommandFailure(
                status: .usage,
                description: all.isEmpty
                    ? "there is no journey: add one with `slipway journey add NAME`"
                    : "there are several journeys: name one of \(all.map(\.name).joined(separator: ", "))")
        }
        return only.name
    }
}

/// What is read of a cutover's files.
enum CutoverFiles {
    /// The digest of a manifest's bytes; nil when the file is not there.
    static func digest(of file: String) -> Digest? {
        FileManager.default.contents(atPath: file).map { Digest(sha256Of: $0) }
    }
}
