import ArgumentParser

/// What `Benchmarks/cutover` needs beside Slipway itself: the fixture, the parts of the bound, and a judge of what
/// arrived that shares no code with Slipway's own verification.
@main
struct CutoverBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cutover-bench",
        abstract: "Parts of the cutover benchmark; Benchmarks/cutover puts them together.",
        subcommands: [
            FixtureCommand.self, SchemaCommand.self, ExportCommand.self, ScanCommand.self, CompareCommand.self,
            ClusterCommand.self,
        ])
}
