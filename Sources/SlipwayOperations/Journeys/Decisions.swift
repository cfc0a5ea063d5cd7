package import SlipwayDomain
import SlipwaySQL
import SlipwayStore

/// Takes people's decisions. Each is one row with its entry in the access log; what comes of it is computed.
package struct Decisions: Sendable {
    private let journeys: Journeys

    package init(_ journeys: Journeys) {
        self.journeys = journeys
    }

    /// What somebody wants to decide.
    package struct Request: Sendable {
        package var journey: String
        package var subject: DecisionSubject
        package var verdict: SignedDecision.Verdict
        package var fields: [String: String]
        /// The digest of what they were shown; nil for what stands now.
        package var seen: Digest?

        package init(
            journey: String, subject: DecisionSubject, verdict: SignedDecision.Verdict, fields: [String: String] = [:],
            seen: Digest? = nil
        ) {
            self.journey = journey
            self.subject = subject
            self.verdict = verdict
            self.fields = fields
            self.seen = seen
        }
    }

    /// Keeps the decision, seals what it completes, and returns where the journey stands then. Throws
    /// `DecisionRefusal`, and keeps nothing, when it may not be taken.
    package func callAsFunction(
        _ request: Request, by signer: Signer, _ context: OperationContext
    ) async throws -> JourneyStanding {
        try await take(request, by: signer, on: journeys.standing(request.journey, context), context)
    }

    /// The same for a request that is read only once it is known that the signer has a say in the subject.
    package func callAsFunction(
        on subject: DecisionSubject, in journey: String, by signer: Signer, _ context: OperationContext,
        reading read: () throws -> Request
    ) async throws -> JourneyStanding {
        let standing = try await journeys.standing(journey, context)
        try DecisionRefusal.checkSay(of: signer, in: subject, standing.record)
        return try await take(read(), by: signer, on: standing, context)
    }

    private func take(
        _ request: Request, by signer: Signer, on standing: JourneyStanding, _ context: OperationContext
    ) async throws -> JourneyStanding {
        try DecisionRefusal.check(request.draft, by: signer, on: standing.record, standing.board)
        let seen = standing.record.seenDigest(request.subject)
        let known = standing.record.decisions.last?.number
        let journey = standing.record.journey.id
        try await journeys.changes(in: RowScope(context.scope)) { change in
            // Whoever decided in between may have changed what was seen.
            guard try DecisionStore.all(of: journey, change.transaction).last?.number == known else {
                throw DecisionRefusal.changedMeanwhile
            }
            try DecisionStore.add(
                SignedDecision(
                    number: try change.id(), subject: request.subject, verdict: request.verdict, signer: signer,
                    means: context.origin.means, fields: request.fields, seen: seen, at: change.now),
                to: journey, change.transaction)
            try change.log(
                context.allowed(
                    "decision.\(request.verdict.name)", "journey \(request.journey): \(request.subject.rawValue)",
                    at: change.now), in: context.workspace)
        }
        return try await journeys.settle(request.journey, context)
    }
}

extension Decisions.Request {
    var draft: DecisionDraft { DecisionDraft(subject: subject, verdict: verdict, fields: fields, seen: seen) }
}

extension Journeys {
    /// Seals what the journey completes now, and the board itself, when that says something new.
    package func settle(_ name: String, _ context: OperationContext) async throws -> JourneyStanding {
        let standing = try await standing(name, context)
        for draft in standing.packets.due(sealed: standing.sealed) { _ = try await evidence.seal(draft) }
        let plan = standing.board.plan
        let inputs = BoardInputs(
            plan: .named(plan.name, version: plan.version), readings: standing.record.readings, at: standing.board.at)
        let draft = PacketDraft.board(standing.board, inputs, of: name)
        if standing.sealed[.board]?.draft.lines != draft.lines { _ = try await evidence.seal(draft) }
        return standing
    }
}
