import SlipwayProviders
import Testing

@Suite(.timeLimit(.minutes(15))) struct ProviderRequestTests {
    @Test func `a header is found in whatever letters it came`() {
        let response = ProviderResponse(status: 429, headers: [.init("Retry-After", "3"), .init("retry-after", "9")])
        #expect(response.header("RETRY-AFTER") == "3")
        #expect(response.header("Location") == nil)
    }
}
