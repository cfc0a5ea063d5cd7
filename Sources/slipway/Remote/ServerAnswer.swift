import SlipwayDomain

/// What a server elsewhere answered.
struct ServerAnswer: Sendable {
    let status: Int
    let body: [UInt8]

    var json: JSONValue? { try? JSONValue(parsing: body) }

    /// What went wrong, with the status that a script is told; nil when nothing did.
    func failure(of server: ServerAddress) -> CommandFailure? {
        guard let status = ExitStatus(answeredWith: status) else { return nil }
        let words = [json?["title"]?.stringValue, json?["detail"]?.stringValue].compactMap { $0 }
        let text = words.isEmpty ? "" : ": " + Printable.text(words.joined(separator: ". "), limit: 600)
        return CommandFailure(status: status, description: "\(server) answered \(self.status)\(text)")
    }
}

extension ExitStatus {
    /// Nil for an answer that says it is done.
    init?(answeredWith status: Int) {
        switch status {
        case 200..<300: return nil
        case 401, 403: self = .refused
        case 409, 412: self = .busy
        case 422: self = .blocked
        case 408, 429, 502, 503, 504: self = .unreachable
        case 300..<500: self = .usage
        default: self = .fault
        }
    }
}

/// Text of somebody else's as a terminal may show it: what could steer the terminal is left out.
enum Printable {
    static func text(_ text: String, limit: Int) -> String {
        let scalars = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        var printable = String.UnicodeScalarView()
        printable.append(contentsOf: scalars.prefix(limit))
        return String(printable)
    }
}
