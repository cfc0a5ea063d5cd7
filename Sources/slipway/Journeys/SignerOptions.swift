import ArgumentParser
import SlipwayDomain
import SlipwayOperations

/// In whose name somebody at the terminal decides.
struct SignerOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Decide as one of the scenario's people, such as user_md_anna. What is decided here says that it was decided "
                + "at the terminal.", valueName: "actor"))
    var actor: String?

    /// Whoever has the data directory in hand may be anyone in it; their decisions are marked `cli`.
    func signer(_ context: OperationContext) throws -> Signer {
        guard let actor else { return Signer(name: context.actor.name, role: Role.owner.name) }
        guard let found = ScenarioActor.all.first(where: { $0.id == actor }) else {
            let names = ScenarioActor.all.map(\.id).joined(separator: ", ")
            throw CommandFailure(status: .usage, description: "there is no actor \(actor); there are \(names)")
        }
        return Signer(name: found.id, role: found.role.rawValue)
    }
}
