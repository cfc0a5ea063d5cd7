import ArgumentParser

/// What the gate's benchmark measures of Slipway; the peers are measured by a script beside it.
@main
struct GateBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate-bench",
        subcommands: [
            StartsCommand.self, StormCommand.self, DrainCommand.self, DispatchCommand.self, AccessCommand.self,
            KeysCommand.self, DefaultsCommand.self, BoardCommand.self, ScenarioBatchesCommand.self,
            ScenarioAppendsCommand.self,
        ])
}
