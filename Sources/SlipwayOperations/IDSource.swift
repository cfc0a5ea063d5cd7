package import SlipwayDomain

/// Mints ids for everything a process makes, one caller at a time.
package actor IDSource {
    private var mint: IDMint

    /// `random` is any number.
    package init(random: UInt64) {
        mint = IDMint(random: random)
    }

    package func next<Entity>(_ entity: Entity.Type = Entity.self, at now: Timestamp) -> ID<Entity> {
        mint.next(at: now)
    }

    func next(_ count: Int, at now: Timestamp) -> [ID<OperationRun>] {
        (0..<count).map { _ in mint.next(at: now) }
    }
}
