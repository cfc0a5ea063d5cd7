import SlipwayDomain
import SlipwayProviders
import SlipwayTesting

/// A connection to call through, and its secret.
enum GuardFixture {
    static let secret = "s3cr3t-of-the-connection"

    static func access(_ endpoints: [String], isLocal: Bool = false) -> ConnectionAccess {
        let named = endpoints.enumerated().map { (String($0.offset), $0.element) }
        return ConnectionAccess(
            connection: id(), tenant: id(), provider: "keycloak", directory: "acme",
            endpoints: Dictionary(uniqueKeysWithValues: named), isLocal: isLocal, scopesRequested: [],
            credential: .clientSecret(clientID: "slipway", secret: SecretBytes(secret)))
    }

    private static func id<Entity>() -> ID<Entity> {
        var mint = IDMint(random: 7)
        return mint.next(at: ManualClock().now())
    }

    /// Far longer than any test takes: what is tried with it is not the time.
    static let patience = 600_000

    static var patientLimits: CallLimits {
        var limits = CallLimits()
        limits.totalMilliseconds = patience
        limits.connectMilliseconds = patience
        return limits
    }

    /// Good for as long as the test's clock stands.
    static func permit(milliseconds: Int = patience, clock: ManualClock = ManualClock()) -> DispatchPermit {
        DispatchPermit(
            run: id(), scopes: ["tenant:3"], fence: 1, deadline: clock.reading().advanced(milliseconds: milliseconds))
    }

    static func outcome(
        _ calls: GuardedCalls, _ request: ProviderRequest, for access: ConnectionAccess, milliseconds: Int = patience
    ) async -> Result<ProviderResponse, CallFailure> {
        let permit = permit(milliseconds: milliseconds)
        do throws(CallFailure) {
            return .success(try await calls.send(request, for: access, with: permit))
        } catch {
            return .failure(error)
        }
    }
}
