/// The right to touch a provider for one run, lent to an adapter for the length of one call.
///
/// It cannot be copied, kept or made by an adapter: the worker makes one for each call from a claim it holds. So
/// provider work outside of a run does not compile.
package struct DispatchPermit: ~Copyable, Sendable {
    package let run: ID<OperationRun>
    package let scopes: [String]
    /// The fence of the claim; an adapter whose provider can compare sends it along.
    package let fence: Int64
    /// When the call must be over, by the steady clock.
    package let deadline: SteadyInstant

    /// Only the worker makes one: the house's own tests hold that this stands nowhere else.
    package init(run: ID<OperationRun>, scopes: [String], fence: Int64, deadline: SteadyInstant) {
        self.run = run
        self.scopes = scopes
        self.fence = fence
        self.deadline = deadline
    }
}
