package import SlipwayDomain

/// What an answer of a provider, or its absence, means for what may be done next: one table for all adapters.
///
/// A provider's own exceptions to it come before it, in the provider's folder.
package enum UpstreamAnswer {
    /// What a request may have done at the provider.
    package enum Effect: String, CaseIterable, Sendable {
        /// It only reads.
        case none
        /// Twice leaves what once does.
        case repeatable
        case once

        /// What a method promises. PATCH promises nothing; a request that knows better says so.
        package init(of method: ProviderRequest.Method) {
            switch method {
            case .get: self = .none
            case .put, .delete: self = .repeatable
            case .post, .patch: self = .once
            }
        }
    }

    /// Nil for an answer that says it was done.
    package static func failure(
        of response: ProviderResponse, to method: ProviderRequest.Method, effect: Effect? = nil, detail: String? = nil
    ) -> AdapterFailure? {
        let effect = effect ?? Effect(of: method)
        switch response.status {
        case 200..<300: return nil
        case 401: return .terminal(.credentialInvalid, detail: detail)
        case 403: return .terminal(.permissionMissing, detail: detail)
        // What is to be gone is gone.
        case 404 where method == .delete, 410 where method == .delete: return nil
        // Refused before it was taken up.
        case 408: return .transient(.providerUnavailable)
        case 429: return .transient(.rateLimited, pauseMilliseconds: RetryAfter.milliseconds(response))
        case 503: return .transient(.providerUnavailable, pauseMilliseconds: RetryAfter.milliseconds(response))
        case 500...599: return effect == .once ? .unknown(.effectUnknown) : .transient(.providerUnavailable)
        default: return .terminal(.providerRefused, detail: detail)
        }
    }

    /// What it means that there is no answer. What only reads has changed nothing, whether it was sent or not.
    package static func failure(of failure: CallFailure, effect: Effect) -> AdapterFailure {
        switch failure {
        case .forbidden(let rule): .terminal(.providerRefused, detail: rule)
        case .notSent: .transient(.networkUnreachable)
        case .noAnswer: effect == .none ? .transient(.networkUnreachable) : .unknown(.effectUnknown)
        // It may have arrived before it was cancelled.
        case .cancelled: effect == .none ? .cancelled : .unknown(.effectUnknown)
        }
    }
}
