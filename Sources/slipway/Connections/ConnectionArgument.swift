import ArgumentParser
import SlipwayDomain

/// Which connection.
struct ConnectionArgument: ParsableArguments {
    @Argument(help: "The connection's number.")
    var number: String

    func id() throws -> ID<ProviderConnection> {
        guard let id = ID<ProviderConnection>(text: number) else {
            throw CommandFailure(
                status: .usage, description: "\(number) is no connection's number: `slipway connection list` shows them"
            )
        }
        return id
    }
}
