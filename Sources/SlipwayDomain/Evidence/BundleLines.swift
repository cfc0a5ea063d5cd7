/// A bundle's three lines, found also when one byte of the file is wrong.
struct BundleLines {
    let body: [UInt8]
    let seal: [UInt8]
    let check: [UInt8]

    private static let sealStart = Array("{\"payload\":\"".utf8)
    private static let checkStart = Array("{\"locator\":\"".utf8)

    /// Finds the lines by how they start; throws the byte that hides one.
    init(_ bytes: [UInt8]) throws(BundleFault) {
        let checkAt = try BundleLines.line(BundleLines.checkStart, in: bytes, before: bytes.count)
        let sealAt = try BundleLines.line(BundleLines.sealStart, in: bytes, before: checkAt)
        body = Array(bytes[..<(sealAt - 1)])
        seal = Array(bytes[sealAt..<(checkAt - 1)])
        check = Array(bytes[checkAt...])
    }

    /// Where the last line starts that begins like this. When there is none, one byte may have been changed: in
    /// the line's own start, or the line break before it.
    private static func line(_ start: [UInt8], in bytes: [UInt8], before end: Int) throws(BundleFault) -> Int {
        let places = end > start.count ? Array((1..<(end - start.count)).reversed()) : []
        let afterBreak = places.filter { bytes[$0 - 1] == 0x0A }
        if let place = afterBreak.first(where: { bytes[$0...].starts(with: start) }) { return place }
        for place in afterBreak {
            let wrong = start.indices.filter { bytes[place + $0] != start[$0] }
            guard wrong.count == 1 else { continue }
            let byte = place + wrong[0]
            throw BundleFault(byte: byte, reason: ByteChange.words(reads: bytes[byte], sealed: start[wrong[0]]))
        }
        if let place = places.first(where: { bytes[$0...].starts(with: start) }) {
            throw BundleFault(byte: place - 1, reason: ByteChange.words(reads: bytes[place - 1], sealed: 0x0A))
        }
        throw BundleFault(byte: bytes.count, reason: "the file ends before its seal, or is not an evidence bundle")
    }
}
