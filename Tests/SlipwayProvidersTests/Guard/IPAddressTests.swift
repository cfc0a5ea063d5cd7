import SlipwayProviders
import SlipwayTesting
import Testing

@Suite(.timeLimit(.minutes(15))) struct IPAddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("93.184.216.34", "93.184.216.34"),
        ("::", "::"),
        ("::1", "::1"), ("1::", "1::"), ("0:0:0:0:0:0:0:1", "::1"), ("2001:DB8::A", "2001:db8::a"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("::ffff:1.2.3.4", "::ffff:102:304"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("fe80::0001", "fe80::1"),
    ])
    func `an address is read, and written in one way`(_ text: String, _ written: String) {
        #expect(IPAddress(text)?.description == written)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.256", "1.2.3.4 ", "+1.2.3.4", "1.2.3.0x4", "1..2.3",
        "1.2.3.4.",
        ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1%lo", "[::1]", "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7:8::", "+1::", ":1::", "::1:", "\u{FF11}.2.3.4",
    ])
    func `what is none is not taken for one`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: Seed.forThisRun(count: 3))
    func `what is written is read back`(_ seed: Seed) {
        var generator = SeededGenerator(seed)
        for _ in 0..<2000 {
            // Many zero groups, since these are what is abbreviated.
            let groups = (0..<8).map { _ in
                Bool.random(using: &generator) ? 0 : UInt64.random(in: 0...0xFFFF, using: &generator)
            }
            let high = groups[..<4].reduce(0) { $0 << 16 | $1 }
            let low = groups[4...].reduce(0) { $0 << 16 | $1 }
            let address = IPAddress.v6(high: high, low: low)
            #expect(IPAddress(address.description) == address)
            let short = IPAddress.v4(UInt32(truncatingIfNeeded: low))
            #expect(IPAddress(short.description) == short)
        }
    }

    @Test(arguments: [
        ("::ffff:10.1.2.3", "10.1.2.3"), ("::10.1.2.3", "10.1.2.3"), ("64:ff9b::10.1.2.3", "10.1.2.3"),
        ("2002:0a01:0203::5", "10.1.2.3"), ("2001:0:1:2:3:4:f5fe:fdfc", "10.1.2.3"),
    ])
    func `the address inside another is found`(_ text: String, _ inside: String) {
        #expect(IPAddress(text)?.embedded == IPAddress(inside))
    }

    @Test func `an ordinary address holds none`() {
        for text in ["93.184.216.34", "2606:2800::1", "64:ff9b:0:1::1", "2003::1", "2001:1::1"] {
            #expect(IPAddress(text)?.embedded == nil)
        }
    }
}
