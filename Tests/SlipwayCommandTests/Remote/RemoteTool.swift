import Foundation
import SlipwayTesting

/// The built program with a configuration folder of its own, as a person at another machine runs it.
struct RemoteTool: Sendable {
    let folder: String

    /// Where it keeps its logins.
    var file: String { folder + "/config/slipway/servers.json" }

    /// Runs `slipway`; what it printed is in the outcome also when it failed.
    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Tool.Outcome {
        let output = folder + "/output"
        let script = #"""
            input=$1 output=$2
            XDG_CONFIG_HOME=$3
            export XDG_CONFIG_HOME
            shift 3
            printf %s "$input" | "$@" > "$output"
            """#
        var outcome = Tool.Outcome(status: 0, message: "", output: "")
        do {
            _ = try await Command(
                "/bin/sh", ["-c", script, "sh", input, output, folder + "/config", Tool.executable] + arguments
            ).run()
        } catch {
            outcome.status = error.status
            outcome.message = error.message
        }
        outcome.output = try String(contentsOfFile: output, encoding: .utf8)
        return outcome
    }
}
