import Foundation
import SlipwayDomain
import SlipwayOperations

/// Adopts old credentials: an item for each tenant that carries one, and one that proves what is left.
struct AdoptLegacyAdapter: Adapter {
    let adoption: LegacyAdoption
    let context: OperationContext

    private static let proof = "proof"

    func plan(_ call: AdapterCall, with permit: borrowing DispatchPermit) async throws(AdapterFailure) -> [String] {
        let key = try key(call)
        do {
            return try await adoption.plan(key, context).map(\.fields.tenant.description) + [Self.proof]
        } catch {
            throw .terminal(.internalFault, detail: "\(error)")
        }
    }

    func perform(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ItemResult {
        let legacy = try self.key(call)
        do {
            guard item != Self.proof else { return try await prove(legacy) }
            guard let tenant = ID<Tenant>(text: item) else { return ItemResult(.failed, reason: .internalFault) }
            return Self.result(try await adoption.adopt(tenant, legacy, context))
        } catch let failure as KeyFailure {
            throw .terminal(.keyUnavailable, detail: failure.description)
        } catch {
            throw .terminal(.internalFault, detail: "\(error)")
        }
    }

    /// Doing it again finds what was done.
    func observe(
        _ item: String, key: EffectKey, _ call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> EffectState {
        .notDone
    }

    private func key(_ call: AdapterCall) throws(AdapterFailure) -> LegacyKey {
        let path = call.target["key_file"] ?? ""
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let key = LegacyKey(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw .terminal(.sourceUnreadable, detail: "\(path) does not hold the application's key") }
        return key
    }

    private static func result(_ outcome: LegacyAdoption.Outcome) -> ItemResult {
        switch outcome {
        case .adopted(let connection): ItemResult(facts: ["connection": .integer(connection.number)])
        case .cleared: ItemResult(facts: ["cleared": true])
        case .nothing: ItemResult(.skipped)
        case .left(let obstacle):
            ItemResult(
                .failed, reason: obstacle.reason,
                facts: ["obstacle": .string(obstacle.rawValue), "what": .string(obstacle.sentence)])
        }
    }

    /// Seals how many old fields are left, by what keeps them.
    private func prove(_ key: LegacyKey) async throws -> ItemResult {
        let left = try await adoption.plan(key, context)
        var obstacles: [String: Int64] = [:]
        for entry in left {
            if case .leave(let obstacle) = entry.step { obstacles[obstacle.rawValue, default: 0] += 1 }
        }
        let counts = obstacles.sorted { $0.key < $1.key }
        let packet = PacketDraft(
            kind: .credentialCutover, scope: "workspace \(context.workspace)", outcome: left.isEmpty ? .pass : .fail,
            subjects: [
                Subject(
                    name: "tenants with old fields",
                    digest: Digest(sha256Of: left.map(\.fields.tenant.description).joined(separator: "\n").utf8))
            ],
            facts: [
                "left": .integer(Int64(left.count)), "obstacles": .object(obstacles.mapValues(JSONValue.integer)),
            ],
            lines: [PacketLine("left", "\(left.count)")] + counts.map { PacketLine($0.key, "\($0.value)") })
        return ItemResult(
            left.isEmpty ? .succeeded : .failed, reason: left.isEmpty ? nil : .itemsFailed,
            facts: ["left": .integer(Int64(left.count))], packets: [packet])
    }
}
