import SlipwayDomain
import Testing

/// Secrets nobody told the redactor of, found by how they look and what stands before them.
@Suite(.timeLimit(.minutes(15))) struct SecretFormTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: String

        init(_ text: String, _ expected: String) {
            self.text = text
            self.expected = expected
        }

        var testDescription: String { text }
    }

    static let secrets = [
        Case("Authorization: Bearer abc.def-123~x/y=", "Authorization: ‹redacted›"),
        Case("sent bearer abcdef123, refused", "sent bearer ‹redacted›, refused"),
        Case("BASIC dXNlcjpwYXNz", "BASIC ‹redacted›"),
        Case("h=Bearer%20abcdef123&x=1", "h=Bearer%20‹redacted›&x=1"),
        Case("the key sk-abcdEFGH1234 is old", "the key ‹redacted› is old"),
        Case("got eyJhbGciOiJub25l.eyJzdWIiOjF9.c2ln today", "got ‹redacted› today"),
        Case("cut: eyJhbGciOiJub25l.eyJzdW", "cut: ‹redacted›"),
        Case("https://ann:pa:ss@host.example/p", "https://‹redacted›@host.example/p"),
        Case("postgres://app@db/x", "postgres://‹redacted›@db/x"),
        Case("http://a@b@host/", "http://‹redacted›@host/"),
        Case("/back?code=4%2Fab&state=s1", "/back?code=‹redacted›&state=s1"),
        Case("a=1&client_secret=x~y&b=2", "a=1&client_secret=‹redacted›&b=2"),
        Case("password=hunter2 host=db", "password=‹redacted› host=db"),
        Case("Password = hunter2", "Password = ‹redacted›"),
        Case("pwd='x' pwd=y", "pwd='‹redacted›' pwd=‹redacted›"),
        Case("?api_key=123&v=2", "?api_key=‹redacted›&v=2"),
        Case("?apikey=123", "?apikey=‹redacted›"),
        Case("?subscription-key=123#top", "?subscription-key=‹redacted›"),
        Case("?sig=ab%2Fcd&se=2030", "?sig=‹redacted›&se=2030"),
        Case("X-Api-Key: 12 34\nX-Other: 5", "X-Api-Key: ‹redacted›\nX-Other: 5"),
        Case("Set-Cookie: a=b; Path=/\nServer: x", "Set-Cookie: ‹redacted›\nServer: x"),
        Case(#"{"access_token":"a\"b","expires_in":3}"#, #"{"access_token":"‹redacted›","expires_in":3}"#),
        Case(#"{"client_secret" : "a, b}" }"#, #"{"client_secret" : "‹redacted›" }"#),
        Case(#"{"m":"{\"password\":\"p1\",\"n\":1}"}"#, #"{"m":"{\"password\":\"‹redacted›\",\"n\":1}"}"#),
        Case(#"{"token":"never closed"#, #"{"token":"‹redacted›"#),
        Case("POST key=k1&v=2", "POST key=‹redacted›&v=2"),
        Case("a -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- b", "a ‹redacted› b"),
        Case("-----BEGIN EC PRIVATE KEY-----\\nMII", "‹redacted›"),
        Case("code=Bearer abcdefgh", "code=‹redacted› ‹redacted›"),
    ]

    @Test(arguments: secrets)
    func `what looks like a secret is taken out`(_ example: Case) {
        #expect(Redactor().redact(example.text) == example.expected)
    }

    static let harmless = [
        "the bearer of bad news", "basic trust", "task-abcdEFGH1234", "status_code=404", "zipcode=75001",
        "https://host.example/a@b?c=d@e", "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----",
        "eyJ is how they begin", "keys=3 tokens=4", "monkey=1", #"{"code":404,"text":"none"}"#,
        #"{"error":{"code":"Request_Denied"}}"#, "key: 3", "a decoded=1", "https://host.example:8443/x",
    ]

    @Test(arguments: harmless)
    func `what only looks a little like one stays`(_ text: String) {
        #expect(Redactor().redact(text) == text)
    }

    /// Each of these was, in a reader that starts over at each beginning, the square of its length.
    @Test(arguments: [
        "_eyJ", "code=", "code:", "-----BEGIN PRIVATE KEY-----", "sk-", ".bearer+", "://a", "\"code\":\"", "\\\"",
        "=  ",
    ])
    func `a text of nothing but beginnings is read once`(_ beginning: String) {
        let text = String(repeating: beginning, count: (1 << 20) / beginning.utf8.count)
        #expect(
            Redactor([SecretBytes("correct-horse-battery-staple")]).excerpt(text).utf8.count <= Redactor.excerptLimit)
    }
}
