import SlipwayDomain
import SlipwayOperations

/// What the evidence of a stage was made under, so that it counts no more when that is another.
struct StageBinding: Sendable {
    /// Names the infrastructure decisions of the journey as they stand; nil without a journey.
    var accepted: String?
    /// Names the actors and all they may do.
    var actors: String?
}

extension Installation {
    /// The binding of the stages of a cutover: that of the first journey that names it.
    func binding(of cutover: String) async throws -> StageBinding {
        let journeys = journeys
        for journey in try await journeys.all(context()) where journey.cutover?.name == cutover {
            let record = try await journeys.standing(journey.name, context()).record
            return StageBinding(accepted: record.infrastructureDigest, actors: record.actorsDigest)
        }
        return StageBinding()
    }
}
