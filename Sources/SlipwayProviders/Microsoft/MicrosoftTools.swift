package import SlipwayDomain

/// What the Microsoft adapters work with.
package struct MicrosoftTools: Sendable {
    let calls: any ProviderCalls
    let credentials: any CredentialSource
    let directory: any DirectoryRecords
    let clock: any WallClock
    let tokens = TokenCache()

    package init(
        calls: any ProviderCalls, credentials: any CredentialSource, directory: any DirectoryRecords,
        clock: any WallClock
    ) {
        self.calls = calls
        self.credentials = credentials
        self.directory = directory
        self.clock = clock
    }

    /// Opens the call's connection. Throws `terminal` when it is not one that can be used here.
    func session(
        for call: AdapterCall, with permit: borrowing DispatchPermit
    ) async throws(AdapterFailure) -> GraphSession {
        guard let connection = call.connection else { throw .terminal(.connectionMissing) }
        return try GraphSession(try await credentials.access(through: connection, with: permit), tools: self)
    }
}
