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

    /// What a start is about, as it was named from outside.
    package struct Subject: Sendable {
        package var operation: String
        package var tenant: String?
        package var connection: Int64?
        /// What of the target follows from what was named, whatever else is asked for.
        package var target: [String: String]

        package init(
            operation: String, tenant: String? = nil, connection: Int64? = nil, target: [String: String] = [:]
        ) {
            self.operation = operation
            self.tenant = tenant
            self.connection = connection
            self.target = target
        }
    }

    /// What a start brings besides: read only once it is known that the actor may start it.
    package struct Details: Sendable {
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
            target: [String: String] = [:], surface: String, key: Key? = nil, isPreflight: Bool = false
        ) {
            self.target = target
            self.surface = surface
            self.key = key
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
    ///
    /// What the subject names is found first, then whether the actor may start it is decided, and only then `details`
    /// is asked for: who may not start an operation is not told how a start of it should look.
    package func callAsFunction(
        _ subject: Subject, _ context: OperationContext, details: () throws -> Details
    ) async throws -> StartAnswer {
        let found = try await find(subject, context)
        let details = try details()
        let request = try found.request(details, context)
        let answer = details.isPreflight ? try await gate.preflight(request) : try await gate.start(request)
        context.logger.info(
            "start",
            metadata: [
                "operation": "\(request.operation.type)", "decision": "\(answer.decision.status)",
                "run": "\(answer.run?.description ?? "-")", "by": "\(context.actor.name)",
                "request": "\(context.requestID)", "replayed": "\(answer.isReplay)",
                "preflight": "\(details.isPreflight)",
            ])
        return answer
    }

    /// What a subject's names stand for, once the actor may start it.
    private struct Found {
        let operation: OperationDefinition
        let tenant: ID<Tenant>?
        let connection: ID<ProviderConnection>?
        let target: [String: String]

        func request(_ details: Details, _ context: OperationContext) throws -> StartRequest {
            if operation.needsConnection, tenant == nil { throw Failure.tenantNeeded(operation: operation.type) }
            let request = StartRequest(
                operation: operation, workspace: context.workspace, tenant: tenant, connection: connection,
                target: details.target.merging(target) { $1 }, surface: details.surface, initiator: context.actor,
                requestedBy: context.origin)
            for field in operation.fieldsOfItsOwn where request.fields[field] == nil {
                throw Failure.fieldNeeded(field, operation: operation.type)
            }
            if let key = details.key { return request.keyed(key.name, keepsBusy: key.keepsBusy) }
            return request
        }
    }

    private func find(_ subject: Subject, _ context: OperationContext) async throws -> Found {
        let connection = try await connection(of: subject, context)
        let tenant =
            if let name = subject.tenant { try await tenant(name, context) } else { connection?.tenant }
        if let tenant, let connection, connection.tenant != tenant {
            throw NotFound.connection(connection.id.description)
        }
        guard let operation = registry[subject.operation] else { throw NotFound.operation(subject.operation) }
        if let connection, connection.provider != operation.provider {
            throw NotFound.connection(connection.id.description)
        }
        if operation.needsConnection, tenant == nil {
            try context.requireSomewhere(operation.capability, orHide: .operation(operation.type))
        } else {
            try context.require(operation.capability, on: tenant, orHide: .operation(operation.type))
        }
        return Found(operation: operation, tenant: tenant, connection: connection?.id, target: subject.target)
    }

    private func tenant(_ name: String, _ context: OperationContext) async throws -> ID<Tenant> {
        let found = try await database.scoped(to: context.scope).read {
            try TenantReads.tenant(named: name, in: context.scope, $0)
        }
        guard let found else { throw NotFound.tenant(name) }
        return found.id
    }

    private func connection(of subject: Subject, _ context: OperationContext) async throws -> ConnectionFacts? {
        guard let number = subject.connection else { return nil }
        guard let id = ID<ProviderConnection>(number) else { throw NotFound.connection(String(number)) }
        let found = try await database.scoped(to: context.scope).read {
            try ConnectionReads.facts(of: id, in: context.scope, $0)
        }
        guard let found else { throw NotFound.connection(id.description) }
        return found
    }
}
