package import SlipwayDomain

/// What a stood-in provider answers.
package struct LabAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var mediaType: String

    package init(
        _ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        mediaType: String = "application/json"
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.mediaType = mediaType
    }

    package init(_ status: Int, _ json: JSONValue, headers: [(name: String, value: String)] = []) {
        self.init(status, headers: headers, body: (try? json.canonicalBytes) ?? [])
    }

    /// The same answer with half of its body, so that it is no JSON any more.
    var malformed: LabAnswer {
        var answer = self
        answer.status = 200
        answer.body = Array((body.isEmpty ? Array("{\"value\": [".utf8) : body).dropLast(body.count / 2 + 1))
        return answer
    }
}
