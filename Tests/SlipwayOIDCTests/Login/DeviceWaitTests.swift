import Testing

@testable import SlipwayOIDC

/// What a device does after each answer, decided without a provider.
@Suite struct DeviceWaitTests {
    @Test func `it asks at the provider's pace until the code's time is waited out`() throws {
        var wait = DeviceWait(intervalSeconds: 5, lifeSeconds: 12)
        for _ in 0..<3 {
            #expect(try wait.next() == 5)
            try wait.receive(ProviderWord("authorization_pending"))
        }
        #expect(throws: LoginRefusal.deviceCodeExpired) { _ = try wait.next() }
    }

    @Test func `slow_down adds five seconds for good, and silence doubles the wait`() throws {
        var wait = DeviceWait(intervalSeconds: 1, lifeSeconds: 600)
        try wait.receive(ProviderWord("slow_down"))
        #expect(try wait.next() == 6)
        try wait.receive(ProviderWord("authorization_pending"))
        #expect(try wait.next() == 6)
        wait.backOff()
        #expect(try wait.next() == 12)
    }

    static let ends: [(String?, LoginRefusal)] = [
        ("expired_token", .deviceCodeExpired), ("access_denied", .refusedByProvider(ProviderWord("access_denied"))),
        ("invalid_grant", .refusedByTokenEndpoint(ProviderWord("invalid_grant"))),
        (nil, .refusedByTokenEndpoint(ProviderWord(nil))),
    ]

    @Test(arguments: ends)
    func `any other word ends it`(_ word: String?, _ refusal: LoginRefusal) {
        var wait = DeviceWait(intervalSeconds: 1, lifeSeconds: 600)
        #expect(throws: refusal) { try wait.receive(ProviderWord(word)) }
    }

    @Test func `a provider that never answers is asked a few times and left`() throws {
        var wait = DeviceWait(intervalSeconds: 5, lifeSeconds: 600)
        var questions = 0
        #expect(throws: LoginRefusal.deviceCodeExpired) {
            while true {
                _ = try wait.next()
                questions += 1
                wait.backOff()
            }
        }
        #expect(questions == 7, "5 + 10 + … + 320 seconds")
    }
}
