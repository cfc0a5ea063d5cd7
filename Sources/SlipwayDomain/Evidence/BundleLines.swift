/// A bundle's two lines, found also when one byte of the file is wrong.
struct BundleLines {
    let body: [UInt8]
    let seal: [UInt8]
    let document: JSONValue?
    /// What the seal claims, whether or not its signature holds; nil when it cannot be read.
    let readableSeal: BundleSeal?

    private static let sealStart = Array("{\"payload\":\"".utf8)

    init?(_ bytes: [UInt8]) {
        guard bytes.last == 0x0A else { return nil }
        let content = bytes.dropLast()
        let breaks = content.indices.filter { content[$0] == 0x0A }
        guard let first = breaks.first, let last = breaks.last else { return nil }
        var at = first
        if first != last, (try? JSONValue(parsing: Array(content[..<first]))) == nil { at = last }
        body = Array(content[..<at])
        seal = Array(content[(at + 1)...])
        document = try? JSONValue(parsing: body)
        let envelope = (try? JSONValue(parsing: seal)).flatMap(Envelope.init(json:))
        readableSeal = envelope.flatMap { BundleSeal(payload: $0.payload) }
    }

    /// The byte to name when the lines themselves cannot be found.
    static func faultyByte(in bytes: [UInt8]) -> Int {
        guard let last = bytes.last else { return 0 }
        let hasBreak = bytes.dropLast().contains(0x0A)
        if last != 0x0A, hasBreak {
            // Either the last byte was changed, or the file was cut: a whole seal in front of it tells which.
            return bytes.count >= 2 && bytes[bytes.count - 2] == UInt8(ascii: "}") ? bytes.count - 1 : bytes.count
        }
        guard let seal = bytes.firstRange(of: sealStart)?.lowerBound, seal > 0 else { return bytes.count }
        return lastRange(of: sealStart, in: bytes).map { $0 - 1 } ?? bytes.count
    }

    private static func lastRange(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.indices.reversed().first { bytes[$0...].starts(with: pattern) }
    }
}
