import SlipwayProviders
import Testing

@Suite(.timeLimit(.minutes(15))) struct SystemResolverTests {
    @Test func `this machine's own name leads to the loopback alone`() async throws {
        let addresses = try await SystemResolver().addresses(of: "localhost")
        #expect(!addresses.isEmpty)
        let others = addresses.filter { !$0.isLoopback }
        #expect(others.isEmpty)
        #expect(Set(addresses).count == addresses.count)
    }

    /// The system reads a literal as it reads a name: byte order and halves are as they are written.
    @Test(arguments: ["1.2.3.4", "2001:db8:1:2:3:4:5:6", "::1"])
    func `an address comes back as itself`(_ text: String) async throws {
        #expect(try await SystemResolver().addresses(of: text).map(\.description) == [text])
    }
}
