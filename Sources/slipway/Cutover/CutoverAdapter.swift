import Foundation
import SlipwayCutover
import SlipwayDomain
import SlipwaySQL
import SlipwayYAML

/// Carries out the stages of cutovers as operations. Each is one item, and each is resumed by doing it again: what an
/// interrupted one left is in the target, checkpointed.
struct CutoverAdapter: Adapter {
    /// Makes the runner of a call; throws when its manifest or source cannot be read.
    let runner: @Sendable (AdapterCall) throws -> StageRunner
    /// Hears what came of a stage, for whoever waits in this process.
    var finished: @Sendable (Result<StageResult, any Error>) async -> Void = { _ in }

    /// One for every stage.
    static func all(runner: @escaping @Sendable (AdapterCall) throws -> StageRunner) -> [String: any Adapter] {
        CutoverAdapter(runner: runner).forAllStages
    }

    var forAllStages: [String: any Adapter] {
        let stages = OperationDefinition.cutover
        return Dictionary(uniqueKeysWithValues: stages.map { ($0.type, self) })
    }

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        [call.operation]
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        guard let stage = CutoverStage(operation: call.operation, fields: call.target) else {
            throw .terminal(.adapterMissing)
        }
        do {
            let result = try await runner(call).perform(stage)
            await finished(.success(result))
            return ItemResult(
                result.failure == nil ? .succeeded : .failed, reason: result.failure, facts: .object(result.json),
                packets: result.packets)
        } catch {
            await finished(.failure(error))
            throw .terminal(ReasonCode(cutover: error), detail: "\(error)")
        }
    }

    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        .notDone
    }
}

extension ReasonCode {
    /// Why a stage stopped, in the family's words.
    init(cutover error: any Error) {
        switch error {
        case let error as CutoverError: self = ReasonCode(stopped: error)
        case DatabaseError.unavailable, DatabaseError.full: self = .networkUnreachable
        case DatabaseError.denied: self = .credentialInvalid
        case DatabaseError.conflict: self = .targetBusy
        case is CommandFailure, is DocumentError: self = .sourceUnreadable
        case is ManifestChanged: self = .manifestChanged
        default: self = .internalFault
        }
    }

    private init(stopped error: CutoverError) {
        switch error {
        case .schemaChanged, .sourceChanged, .sourceWritten: self = .sourceChanged
        case .blocked: self = .evidenceMissing
        case .targetOccupied: self = .targetOccupied
        case .busy: self = .targetBusy
        case .unexpectedValue: self = .hazardsUnresolved
        case .protocolFault: self = .internalFault
        }
    }
}

/// The manifest is not the one a run was started with.
struct ManifestChanged: Error, CustomStringConvertible {
    let file: String

    var description: String { "\(file) is not the manifest this was started with: start it again" }
}

extension CutoverJob {
    /// The job a run's fields name: its manifest's path, and the digest the manifest had when the run was started.
    ///
    /// The digest is looked at first, and a file that is not there is like one that has changed: who starts a run
    /// learns nothing about files that are not manifests.
    static func named(in target: [String: String], data: String) throws -> CutoverJob {
        let file = target["file"] ?? ""
        guard let bytes = contents(of: file), Digest(sha256Of: bytes).description == target["manifest"] else {
            throw ManifestChanged(file: file)
        }
        return try CutoverJob(bytes, of: file, target: nil, data: data)
    }
}
