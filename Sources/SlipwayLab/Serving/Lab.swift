import SlipwayDomain

/// Providers that stand in on this machine, and the faults they are told to have.
package struct Lab: Sendable {
    /// Carried by every answer, so that none is taken for a real provider's.
    package static let label = (name: "X-Slipway-Lab", value: "stand-in; not the real provider")

    package let faults: FaultTable
    private let providers: [any LabProvider]
    private let pause: @Sendable (Int) async -> Void

    /// `pause` lets as many milliseconds pass, for answers that come late.
    package init(
        _ providers: [any LabProvider], faults: FaultTable = FaultTable(),
        pause: @escaping @Sendable (Int) async -> Void
    ) {
        self.providers = providers
        self.faults = faults
        self.pause = pause
    }

    /// What came of a request: an answer, or an end of the connection without one.
    package enum Outcome: Sendable {
        case answer(LabAnswer)
        case reset
    }

    /// Answers a request, wrongly when a fault is due for it.
    package func respond(to request: LabRequest) async -> Outcome {
        guard request.path.first != "lab" else { return .answer(control(request)) }
        guard let rule = faults.due(for: request) else { return .answer(await answer(to: request)) }
        switch rule.fault {
        case .resetBeforeEffect: return .reset
        case .resetAfterEffect:
            _ = await answer(to: request)
            return .reset
        case .latency:
            let late = await answer(to: request)
            await pause(rule.milliseconds)
            return .answer(late)
        case .malformedBody: return .answer(await answer(to: request).malformed)
        case .unauthorized: return .answer(wrong(request, 401))
        case .forbidden: return .answer(wrong(request, 403))
        case .conflict: return .answer(wrong(request, 409))
        case .serverError: return .answer(wrong(request, rule.status))
        case .tooManyRequests:
            var answer = wrong(request, 429)
            answer.headers.append(("Retry-After", String(rule.retryAfterSeconds)))
            return .answer(answer)
        }
    }

    /// What there is, for whoever starts the lab.
    package func summary(at base: String) -> [String] { providers.flatMap { $0.summary(at: base) } }

    private func answer(to request: LabRequest) async -> LabAnswer {
        if request.path.isEmpty { return LabIndex.page(summary(at: request.base)) }
        guard let provider = provider(of: request) else { return .nothingHere }
        return await provider.answer(to: request, at: Array(request.path.dropFirst()))
    }

    private func wrong(_ request: LabRequest, _ status: Int) -> LabAnswer {
        provider(of: request)?.answer(to: request, faultWith: status) ?? LabAnswer(status)
    }

    private func provider(of request: LabRequest) -> (any LabProvider)? {
        providers.first { $0.name == request.path.first }
    }

    private func control(_ request: LabRequest) -> LabAnswer {
        request.path == ["lab", "faults"] ? faults.answer(to: request) : .nothingHere
    }
}

extension LabAnswer {
    static var nothingHere: LabAnswer { LabAnswer(404, ["error": "the lab has nothing at this address"]) }
}
