import ArgumentParser

/// What every command takes that keeps something.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where Slipway keeps its own database and keys.", valueName: "dir"))
    var data = ".slipway"

    @Option(help: "Keep Slipway's own tables in this PostgreSQL instead of the data directory.")
    var database: String?
}
