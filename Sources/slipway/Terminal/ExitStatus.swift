import ArgumentParser
import SlipwayCutover
import SlipwayDomain
import SlipwayOIDC
import SlipwayOperations
import SlipwaySQL
import SlipwayStore
import SlipwayYAML

/// What a command's exit status tells a script.
enum ExitStatus: Int32 {
    case done = 0
    case blocked = 2
    case difference = 3
    case busy = 4
    case refused = 5
    case usage = 64
    case unreachable = 69
    case fault = 70

    init(_ error: any Error) {
        switch error {
        case let error as CommandFailure: self = error.status
        case is DocumentError, is NotFound, is OperationStart.Failure, is Tokens.Failure: self = .usage
        case is Forbidden, is LoginRefusal: self = .refused
        case is ProviderUnavailable: self = .unreachable
        case is ProviderRefusal, is OIDCSettingsError: self = .blocked
        case is Tenants.Failure, is Journeys.Failure: self = .blocked
        case let error as DecisionRefusal: self = ExitStatus(refusal: error)
        case is ConnectionCredentials.Failure, is KeyFailure: self = .blocked
        case is ScenarioSnapshotFault: self = .difference
        case is ScenarioImport.Failure, is ScenarioFace.Failure: self = .blocked
        case is ScenarioRefusal: self = .usage
        case let error as Connections.Failure: self = error.isUsage ? .usage : .blocked
        case let error as CutoverError: self = ExitStatus(cutover: error)
        case let error as DatabaseError: self = ExitStatus(database: error)
        default: self = .fault
        }
    }

    private init(refusal: DecisionRefusal) {
        switch refusal {
        case .belongsTo, .prepared, .anotherNeeded: self = .refused
        case .waitsFor, .notEmpty, .cannotBeWaived, .nothingToWithdraw: self = .blocked
        case .changedMeanwhile: self = .busy
        case .fieldsMissing, .fieldUnknown, .fieldTooLong, .reasonMissing, .adapterUnknown, .endsInThePast:
            self = .usage
        }
    }

    private init(cutover error: CutoverError) {
        switch error {
        case .busy: self = .busy
        case .protocolFault: self = .fault
        default: self = .blocked
        }
    }

    private init(database error: DatabaseError) {
        switch error {
        case .unavailable, .full: self = .unreachable
        case .denied: self = .refused
        case .conflict: self = .busy
        case .misuse: self = .usage
        default: self = .fault
        }
    }
}

/// A command that did not do what was asked: one line for a person, one status for a script.
struct CommandFailure: Error, CustomStringConvertible {
    var status: ExitStatus
    var description: String
}
