package import SlipwayDomain

extension PacketDraft {
    /// The draft with the run that made it, and whoever started that: who prepares evidence does not accept it alone.
    package func made(by run: RunRecord) -> PacketDraft {
        var draft = self
        draft.facts["run"] = .integer(run.id.number)
        draft.facts["initiator"] = .string(run.initiator.name)
        return draft
    }
}
