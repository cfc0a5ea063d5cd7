import NIOCore
package import SlipwayDomain

/// Calls providers: each request goes to one of the connection's own origins, at an address that was judged after its
/// only look-up, with limits on time and size.
///
/// It reads no proxy from the environment, keeps no cookie and no connection, and follows redirects itself, of GET
/// alone, each judged as if it were the first.
package struct GuardedCalls: ProviderCalls {
    private let tls: TrustedTLS
    private let clock: any SteadyClock
    private let resolver: any NameResolver
    private let dialer: any Dialing
    private let limits: CallLimits

    package init(
        tls: TrustedTLS, clock: any SteadyClock, resolver: any NameResolver = SystemResolver(),
        dialer: any Dialing = SocketDialer(), limits: CallLimits = CallLimits()
    ) {
        self.tls = tls
        self.clock = clock
        self.resolver = resolver
        self.dialer = dialer
        self.limits = limits
    }

    /// Over when the permit is, or the limit for a call, whichever comes first.
    package func send(
        _ request: ProviderRequest, for access: ConnectionAccess, with permit: borrowing DispatchPermit
    ) async throws(CallFailure) -> ProviderResponse {
        let granted = (permit.deadline.microseconds - clock.reading().microseconds) / 1000
        let milliseconds = min(Int64(limits.totalMilliseconds), granted)
        do {
            guard milliseconds > 0 else { throw ExchangeFailure.notSent("the call's time is over") }
            let deadline = NIODeadline.now() + .milliseconds(milliseconds)
            return try await answer(to: request, by: CallPolicy(for: access), until: deadline)
        } catch {
            throw CallFailure(error, of: request, for: access)
        }
    }

    private func answer(
        to request: ProviderRequest, by policy: CallPolicy, until deadline: NIODeadline
    ) async throws -> ProviderResponse {
        var request = request
        var target = try policy.target(request.url)
        var hops = 0
        while true {
            let response = try await answer(to: request, at: target, by: policy, until: deadline)
            guard let url = Redirect.url(from: target, after: response, to: request) else { return response }
            hops += 1
            guard hops <= Redirect.mostHops else { throw CallRefusal(.redirects, url) }
            let next = try policy.target(url)
            guard target.origin.isPlain || !next.origin.isPlain else { throw CallRefusal(.downgrade, url) }
            request = Redirect.request(request, to: url, isSameOrigin: next.origin == target.origin)
            target = next
        }
    }

    /// Looks the name up once. While no connection comes about, the next of its addresses is tried; all were judged.
    private func answer(
        to request: ProviderRequest, at target: CallTarget, by policy: CallPolicy, until deadline: NIODeadline
    ) async throws -> ProviderResponse {
        let message = try RequestMessage(request, to: target)
        let addresses = try await addresses(of: target.origin.host, until: deadline)
        try policy.judge(addresses, of: target)
        let exchange = Exchange(message: message, target: target, tls: tls, dialer: dialer, limits: limits)
        var failure = ExchangeFailure.notConnected("\(target.authority) has no address")
        for (index, address) in addresses.enumerated() {
            let isLast = index == addresses.count - 1
            let patience = NIODeadline.now() + .milliseconds(Int64(limits.connectMilliseconds))
            do {
                let connectDeadline = isLast ? deadline : min(deadline, patience)
                return try await exchange.answer(at: address, connectDeadline: connectDeadline, deadline: deadline)
            } catch {
                guard case .notConnected = error else { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func addresses(of host: CallTarget.Host, until deadline: NIODeadline) async throws -> [IPAddress] {
        let name: String
        switch host {
        case .address(let address): return [address]
        case .name(let text): name = text
        }
        return try await withThrowingTaskGroup(of: [IPAddress].self) { group in
            defer { group.cancelAll() }
            group.addTask { try await resolver.addresses(of: name) }
            group.addTask {
                try await Task.sleep(for: .nanoseconds((deadline - .now()).nanoseconds))
                throw NameUnknown("\(name): no answer in time")
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

extension CallFailure {
    /// What a caller is told of a failure, with nothing secret in it.
    fileprivate init(_ error: any Error, of request: ProviderRequest, for access: ConnectionAccess) {
        let redactor = Redactor(of: request, for: access)
        switch error {
        // After a request that changes something, that its answer broke a rule does not say that nothing changed.
        case ExchangeFailure.refused(let refusal) where request.method != .get:
            self = .noAnswer(redactor.excerpt(refusal.text))
        case ExchangeFailure.refused(let refusal), let refusal as CallRefusal:
            self = .forbidden(redactor.excerpt(refusal.text))
        case ExchangeFailure.noAnswer(let reason):
            self = .noAnswer(redactor.excerpt(reason))
        case ExchangeFailure.notConnected(let reason), ExchangeFailure.notSent(let reason):
            self = .notSent(redactor.excerpt(reason))
        case ExchangeFailure.cancelled, is CancellationError:
            self = .cancelled
        default:
            self = .notSent(redactor.excerpt("\(error)"))
        }
    }
}

extension Redactor {
    /// Knows what the request and its connection prove themselves with.
    fileprivate init(of request: ProviderRequest, for access: ConnectionAccess) {
        var secrets = [access.credential.secret]
        if let authorization = request.authorization {
            secrets.append(authorization)
            let words = authorization.revealedText().split(separator: " ", maxSplits: 1)
            if words.count == 2 { secrets.append(SecretBytes(String(words[1]))) }
        }
        self.init(secrets)
    }
}
