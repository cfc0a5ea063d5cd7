import SlipwayDomain

/// Where a reader of pages is: opaque to them, and all that the lab has to remember.
struct DeltaToken: Hashable, Sendable {
    /// The tenant's version when the walk began: what the next one goes on from.
    var version: Int
    /// Changes after this version are told; 0 for a first walk.
    var since: Int
    /// The serial number of the last group that was told.
    var serial: Int
    var top: Int
    var select: [String]?

    init(version: Int, since: Int, serial: Int = 0, top: Int, select: [String]?) {
        self.version = version
        self.since = since
        self.serial = serial
        self.top = top
        self.select = select
    }

    init?(_ text: String) {
        let words = Base64URL.bytes(text).map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
        guard words.count == 4 || words.count == 5, let version = Int(words[0]), let since = Int(words[1]),
            let serial = Int(words[2]), let top = Int(words[3]), (1...GraphQuery.largestPage).contains(top)
        else { return nil }
        self.init(
            version: version, since: since, serial: serial, top: top,
            select: words.count == 5 ? words[4].split(separator: ",").map(String.init) : nil)
    }

    var text: String {
        let words = [version, since, serial, top].map(String.init) + (select.map { [$0.joined(separator: ",")] } ?? [])
        return Base64URL.text(Array(words.joined(separator: " ").utf8))
    }
}
