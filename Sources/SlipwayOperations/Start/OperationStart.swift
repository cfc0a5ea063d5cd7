import Logging
package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Starts an operation for whoever asks: finds what the request names, then puts it to the gate.
package struct OperationStart: Sendable {
    private let database: any Database
    private let registry: OperationRegistry
    private let gate: Gate

    package init(_ database: any Database, registry: OperationRegistry, gate: Gate) {
        self.database = database
        self.registry = registry
        self.gate = gate
    }

    /// A start as it comes from outside, before anything it names was looked up.
    package struct Draft: Sendable {
        package var operation: String
        package var tenant: String?
        package var connection: Int64?
        package var target: [String: String]
        package var surface: String
        /// The caller's name for this start.
        package var key: Key?
        /// Only say what a start would be answered.
        package var isPreflight: Bool

        package struct Key: Sendable {
            package var name: String
            package var keepsBusy: Bool

            package init(name: String, keepsBusy: Bool = false) {
                self.name = name
                self.keepsBusy = keepsBusy
            }
        }

        package init(
            operation: String, tenant: String? = nil, connection: Int64? = nil, target: [String: String] = [:],
            surface: String, key: Key? = nil, isPreflight: Bool = false
        ) {
            self.key = key
            self.operation = operation
            self.tenant = tenant
            self.connection = connection
            self.target = target
            self.surface = surface
            self.isPreflight = isPreflight
        }
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The operation works for a tenant, and none was named.
        case tenantNeeded(operation: String)
        /// A field the operation needs to know what it is about.
        case fieldNeeded(String, operation: String)

        package var description: String {
            switch self {
            case .tenantNeeded(let operation): "\(operation) works for a tenant: name one"
            case .fieldNeeded(let field, let operation): "\(operation) needs the field \(field)"
            }
        }
    }

    /// The gate's answer; when it is accepted or blocked, with the run it made.
    package func callAsFunction(_ draft: Draft, _ context: OperationContext) async throws -> StartAnswer {
        let request = try await request(draft, context)
        let answer = draft.isPreflight ? try await gate.preflight(request) : try await gate.start(request)
        context.logger.info(
            "start",
            metadata: [
                "operation": "\(request.operation.type)", "decision": "\(answer.decision.status)",
                "run": "\(answer.run?.description ?? "-")", "by": "\(context.actor.name)",
                "request": "\(context.requestID)", "replayed": "\(answer.isReplay)",
                "preflight": "\(draft.isPreflight)",
            ])
        return answer
    }

    private func request(_ draft: Draft, _ context: OperationContext) async throws -> StartRequest {
        let connection = try await connection(of: draft, context)
        let tenant =
            if let name = draft.tenant { try await tenant(name, context) } else { connection?.tenant }
        if let tenant, let connection, connection.tenant != tenant {
            throw NotFound.connection(connection.id.description)
        }
        guard let operation = registry[draft.operation] else { throw NotFound.operation(draft.operation) }
        if operation.needsConnection, tenant == nil { throw Failure.tenantNeeded(operation: operation.type) }
        if let connection, connection.provider != operation.provider {
            throw NotFound.connection(connection.id.description)
        }
        let request = StartRequest(
            operation: operation, workspace: context.workspace, tenant: tenant, connection: connection?.id,
            target: draft.target, surface: draft.surface, initiator: context.actor)
        for field in operation.fieldsOfItsOwn where request.fields[field] == nil {
            throw Failure.fieldNeeded(field, operation: operation.type)
        }
        if let key = draft.key { return request.keyed(key.name, keepsBusy: key.keepsBusy) }
        return request
    }

    private func tenant(_ name: String, _ context: OperationContext) async throws -> ID<Tenant> {
        let found = try await database.read { try TenantReads.tenant(named: name, in: context.workspace, $0) }
        guard let found else { throw NotFound.tenant(name) }
        return found.id
    }

    private func connection(of draft: Draft, _ context: OperationContext) async throws -> ConnectionFacts? {
        guard let number = draft.connection else { return nil }
        guard let id = ID<ProviderConnection>(number) else { throw NotFound.connection(String(number)) }
        let found = try await database.read { try ConnectionReads.facts(of: id, in: context.workspace, $0) }
        guard let found else { throw NotFound.connection(id.description) }
        return found
    }
}
