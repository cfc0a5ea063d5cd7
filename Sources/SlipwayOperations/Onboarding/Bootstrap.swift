package import SlipwayDomain
package import SlipwaySQL
import SlipwayStore

/// Starts the operations of an onboarding one after the other, each through the gate.
package struct Bootstrap: Sendable {
    private let database: any Database
    /// Bootstraps of all workspaces are moved on together.
    private let system: any Database
    private let registry: OperationRegistry
    private let gate: Gate

    package init(_ database: any Database, registry: OperationRegistry, gate: Gate) {
        self.database = database
        system = database.scoped(to: .system)
        self.registry = registry
        self.gate = gate
    }

    /// The gate's answer to the first operation, and what waits behind it. A first that is not let in starts nothing.
    package struct Outcome: Sendable {
        package let first: StartAnswer
        package let pending: [String]
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case nothingSelected
        /// One operation stands twice.
        case repeated(String)
        /// An earlier bootstrap of the session is still under way, at that operation.
        case underWay(String)

        package var description: String {
            switch self {
            case .nothingSelected: "selectedOperations must name one operation at least"
            case .repeated(let operation): "selectedOperations names \(operation) twice"
            case .underWay(let operation): "a bootstrap of this session is under way, at \(operation): wait for it"
            }
        }
    }

    /// What a bootstrap is to start, and through what.
    package struct Details: Sendable {
        package var operations: [String]
        package var connection: Int64
        package var surface: String

        package init(operations: [String], connection: Int64, surface: String) {
            self.operations = operations
            self.connection = connection
            self.surface = surface
        }
    }

    /// `named` are the operations as far as they could be read; `details` is asked for once the actor may start them.
    package func start(
        _ session: ID<OnboardingSession>, named: [String], _ context: OperationContext, details: () throws -> Details
    ) async throws -> Outcome {
        let (tenant, earlier) = try await find(session, named, context)
        let details = try details()
        let operations = details.operations
        guard let first = operations.first else { throw Failure.nothingSelected }
        let counts = Dictionary(operations.map { ($0, 1) }, uniquingKeysWith: +)
        if let repeated = operations.first(where: { (counts[$0] ?? 0) > 1 }) { throw Failure.repeated(repeated) }
        for operation in operations where registry[operation] == nil { throw NotFound.operation(operation) }
        if let step = earlier?.steps.first(where: { $0.state == .started }) { throw Failure.underWay(step.operation) }
        let starter = OperationStart(database, registry: registry, gate: gate)
        let answer = try await starter(
            OperationStart.Subject(operation: first, tenant: tenant.description, connection: details.connection),
            context
        ) { OperationStart.Details(surface: details.surface) }
        let isIn = answer.decision.status == "accepted" || answer.decision.status == "deduped"
        guard isIn, let connection = answer.request.connection else { return Outcome(first: answer, pending: []) }
        let steps = operations.enumerated().map { index, operation in
            index == 0
                ? BootstrapStep(operation: operation, state: .started, run: answer.run)
                : BootstrapStep(operation: operation)
        }
        try await database.scoped(to: context.scope).write { transaction in
            try OnboardingStore.replaceBootstrap(
                of: session, with: steps, connection: connection, initiator: context.actor.name,
                surface: details.surface,
                transaction)
        }
        return Outcome(first: answer, pending: Array(operations.dropFirst()))
    }

    /// The session's tenant and its bootstrap so far, once the actor may start every operation of the list.
    private func find(
        _ session: ID<OnboardingSession>, _ operations: [String], _ context: OperationContext
    ) async throws -> (tenant: ID<Tenant>, earlier: BootstrapRecord?) {
        let (tenant, earlier) = try await database.scoped(to: context.scope).read { transaction in
            (
                try OnboardingStore.tenant(ofSession: session, in: context.scope, transaction),
                try OnboardingStore.bootstrap(of: session, transaction)
            )
        }
        guard let tenant else { throw NotFound.session(session.description) }
        for operation in operations.compactMap({ registry[$0] }) {
            try context.require(operation.capability, on: tenant, orHide: .session(session.description))
        }
        return (tenant, earlier)
    }

    /// Moves every open bootstrap on as far as it can go now; safe to call at any time, from any server.
    package func advanceAll() async throws {
        for session in try await system.read({ try OnboardingStore.openBootstraps($0) }) {
            while try await advance(session) {}
        }
    }

    private func advance(_ session: ID<OnboardingSession>) async throws -> Bool {
        guard let bootstrap = try await system.read({ try OnboardingStore.bootstrap(of: session, $0) }) else {
            return false
        }
        switch BootstrapMove(for: bootstrap.steps) {
        case .none: return false
        case .look(let position): return try await look(at: position, of: bootstrap)
        case .start(let position): return try await start(position, of: bootstrap)
        }
    }

    private func look(at position: Int, of bootstrap: BootstrapRecord) async throws -> Bool {
        var step = bootstrap.steps[position]
        guard let id = step.run, let run = try await system.read({ try RunReads.run(id, in: $0) }),
            run.status == .completed
        else { return false }
        step.state = run.machine.outcome == .succeeded ? .succeeded : .stopped
        step.reason = step.state == .stopped ? run.machine.reason ?? .itemsFailed : nil
        try await move(bootstrap, position, from: .started, to: step)
        return step.state == .succeeded
    }

    private func start(_ position: Int, of bootstrap: BootstrapRecord) async throws -> Bool {
        var step = bootstrap.steps[position]
        guard let operation = registry[step.operation], let workspace = try await workspace(of: bootstrap) else {
            return false
        }
        let answer = try await gate.start(
            StartRequest(
                operation: operation, workspace: workspace, tenant: bootstrap.tenant, connection: bootstrap.connection,
                surface: bootstrap.surface, initiator: Initiator(kind: .operator, name: bootstrap.initiator)))
        switch answer.decision {
        case .accepted, .deduped:
            step.state = .started
            step.run = answer.run
        case .blocked(let blockers):
            step.state = .stopped
            step.run = answer.run
            step.reason = blockers.first?.reason
        case .scopeBusy: return false  // its turn comes when the scope is free
        }
        try await move(bootstrap, position, from: .waiting, to: step)
        return false
    }

    private func workspace(of bootstrap: BootstrapRecord) async throws -> ID<Workspace>? {
        guard let run = bootstrap.steps.first?.run else { return nil }
        return try await system.read { try RunReads.run(run, in: $0) }?.workspace
    }

    private func move(
        _ bootstrap: BootstrapRecord, _ position: Int, from state: BootstrapState, to step: BootstrapStep
    ) async throws {
        try await system.write { transaction in
            try OnboardingStore.move(bootstrap.session, position, from: state, to: step, transaction)
        }
    }
}
