/// What came of one item, and what it leaves as evidence.
package struct ItemResult: Sendable {
    package var status: ItemStatus
    package var reason: ReasonCode?
    /// Facts for the run's page; never secrets.
    package var facts: JSONValue
    /// Sealed in the transaction that records the item.
    package var packets: [PacketDraft]

    package init(
        _ status: ItemStatus = .succeeded, reason: ReasonCode? = nil, facts: JSONValue = [:],
        packets: [PacketDraft] = []
    ) {
        self.status = status
        self.reason = reason
        self.facts = facts
        self.packets = packets
    }
}
