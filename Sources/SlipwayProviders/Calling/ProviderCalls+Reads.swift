import SlipwayDomain

extension ProviderCalls {
    /// The answer to a request that only reads, whatever its status. Throws what it means that there is none.
    func read(
        _ request: ProviderRequest, for access: ConnectionAccess, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> ProviderResponse {
        do {
            return try await send(request, for: access, with: permit)
        } catch {
            throw UpstreamAnswer.failure(of: error, effect: .none)
        }
    }
}
