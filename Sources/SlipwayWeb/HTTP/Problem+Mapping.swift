import SlipwayDomain
import SlipwayOIDC
import SlipwayOperations
import SlipwaySQL

extension Problem {
    /// The one place where an error of a use case becomes a status. Nil for a fault of ours.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case is NotFound: self = .notFound
        case let error as Forbidden: self = .forbidden(error.capability)
        case let error as OperationStart.Failure: self = .invalid(error.description)
        case let error as RunCancel.Failure: self = Problem(cancelling: error)
        case let error as Bootstrap.Failure: self = Problem(bootstrapping: error)
        case let error as ProviderUnavailable: self = .providerDown("\(error)")
        case let error as ProviderRefusal: self = .providerDown("\(error)")
        case let error as StartKeyReused:
            self.init(
                status: 422, kind: "idempotency_key_reused", title: "The key stands for another start",
                detail: "\(error)", more: ["field": "Idempotency-Key"])
        case let error as RunRetry.Failure:
            self.init(status: 409, kind: "run_state", title: "Not in this state", detail: "\(error)")
        case DatabaseError.unavailable, DatabaseError.conflict, DatabaseError.full:
            self.init(
                status: 503, kind: "storage_unavailable", title: "The database cannot take this now",
                detail: "Nothing was changed. Try again in a moment.", headers: ["retry-after": "1"])
        case let error as DecisionRefusal: self = Problem(refusing: error)
        default:
            guard let problem = Problem(scenario: error) else { return nil }
            self = problem
        }
    }

    private static func providerDown(_ detail: String) -> Problem {
        Problem(
            status: 503, kind: "provider_unavailable", title: "The OpenID provider cannot be asked now",
            detail: "\(detail). Try again in a moment.", headers: ["retry-after": "5"])
    }

    private init(bootstrapping failure: Bootstrap.Failure) {
        switch failure {
        case .nothingSelected, .repeated: self = .invalid("\(failure).", field: "selectedOperations")
        case .underWay:
            self.init(status: 409, kind: "run_state", title: "Not in this state", detail: "\(failure)")
        }
    }

    private init(cancelling failure: RunCancel.Failure) {
        switch failure {
        case .alreadyOver:
            self.init(status: 409, kind: "run_state", title: "Not in this state", detail: "\(failure)")
        case .changedMeanwhile:
            self.init(status: 412, kind: "changed_meanwhile", title: "Changed meanwhile", detail: "\(failure)")
        }
    }
}
