import SlipwayDomain
import SlipwayProviders
import Testing

/// The table of what answers mean, written out by hand: a row a status, a column a method.
@Suite(.timeLimit(.minutes(15))) struct UpstreamAnswerTests {
    static let methods: [ProviderRequest.Method] = [.get, .put, .delete, .post, .patch]

    /// `ok`, `wait` and `again` (transient, with and without the provider's pause), `ask` (unknown), or `no` (terminal),
    /// with the reason.
    static let table = """
        200 ok ok ok ok ok
        201 ok ok ok ok ok
        204 ok ok ok ok ok
        301 no:provider_refused no:provider_refused no:provider_refused no:provider_refused no:provider_refused
        400 no:provider_refused no:provider_refused no:provider_refused no:provider_refused no:provider_refused
        401 no:provider_credential_invalid no:provider_credential_invalid no:provider_credential_invalid no:provider_credential_invalid no:provider_credential_invalid
        403 no:provider_permission_missing no:provider_permission_missing no:provider_permission_missing no:provider_permission_missing no:provider_permission_missing
        404 no:provider_refused no:provider_refused ok no:provider_refused no:provider_refused
        408 again:provider_unavailable again:provider_unavailable again:provider_unavailable again:provider_unavailable again:provider_unavailable
        409 no:provider_refused no:provider_refused no:provider_refused no:provider_refused no:provider_refused
        410 no:provider_refused no:provider_refused ok no:provider_refused no:provider_refused
        415 no:provider_refused no:provider_refused no:provider_refused no:provider_refused no:provider_refused
        422 no:provider_refused no:provider_refused no:provider_refused no:provider_refused no:provider_refused
        429 wait:rate_limited wait:rate_limited wait:rate_limited wait:rate_limited wait:rate_limited
        500 again:provider_unavailable again:provider_unavailable again:provider_unavailable ask:effect_unknown ask:effect_unknown
        502 again:provider_unavailable again:provider_unavailable again:provider_unavailable ask:effect_unknown ask:effect_unknown
        503 wait:provider_unavailable wait:provider_unavailable wait:provider_unavailable wait:provider_unavailable wait:provider_unavailable
        504 again:provider_unavailable again:provider_unavailable again:provider_unavailable ask:effect_unknown ask:effect_unknown
        599 again:provider_unavailable again:provider_unavailable again:provider_unavailable ask:effect_unknown ask:effect_unknown
        """.split(separator: "\n").map(String.init)

    @Test(arguments: table) func `an answer means what the table says`(_ row: String) throws {
        let cells = row.split(separator: " ")
        let status = try #require(Int(cells[0]))
        let response = ProviderResponse(status: status, headers: [.init("retry-after", "7")])
        for (method, cell) in zip(Self.methods, cells.dropFirst()) {
            let failure = UpstreamAnswer.failure(of: response, to: method)
            #expect(Self.word(failure) == cell, "\(status) to \(method)")
        }
    }

    @Test func `no answer means that nothing was done only where nothing was sent, or only read`() {
        typealias Effect = UpstreamAnswer.Effect
        for effect in Effect.allCases {
            #expect(UpstreamAnswer.failure(of: .notSent(""), effect: effect) == .transient(.networkUnreachable))
        }
        #expect(UpstreamAnswer.failure(of: .noAnswer(""), effect: .none) == .transient(.networkUnreachable))
        #expect(UpstreamAnswer.failure(of: .cancelled, effect: .none) == .cancelled)
        for effect in [Effect.repeatable, .once] {
            #expect(UpstreamAnswer.failure(of: .noAnswer(""), effect: effect) == .unknown(.effectUnknown))
            #expect(UpstreamAnswer.failure(of: .cancelled, effect: effect) == .unknown(.effectUnknown))
        }
    }

    @Test func `a request that knows itself to be repeatable is repeated`() {
        let response = ProviderResponse(status: 500)
        let failure = UpstreamAnswer.failure(of: response, to: .patch, effect: .repeatable)
        #expect(failure == .transient(.providerUnavailable))
    }

    @Test(
        arguments: [
            ("7", nil, 7000), ("0", nil, 0), ("soon", nil, nil), ("-1", nil, nil), ("999999999999", nil, nil),
            ("Sat, 21 Nov 2026 08:00:05 GMT", "Sat, 21 Nov 2026 08:00:00 GMT", 5000),
            ("Sat, 21 Nov 2026 08:00:05 GMT", nil, nil),
            ("Sat, 21 Nov 2026 07:00:00 GMT", "Sat, 21 Nov 2026 08:00:00 GMT", nil),
            ("Sat, 31 Feb 2026 08:00:05 GMT", "Sat, 21 Nov 2026 08:00:00 GMT", nil),
        ] as [(String, String?, Int?)])
    func `a pause is read as seconds or as a date against the answer's own`(
        _ text: String, _ date: String?, _ milliseconds: Int?
    ) {
        let headers = [ProviderRequest.Header("Retry-After", text)] + (date.map { [.init("Date", $0)] } ?? [])
        let failure = UpstreamAnswer.failure(of: ProviderResponse(status: 503, headers: headers), to: .get)
        #expect(failure == .transient(.providerUnavailable, pauseMilliseconds: milliseconds))
    }

    private static func word(_ failure: AdapterFailure?) -> String {
        switch failure {
        case nil: "ok"
        case .transient(let reason, 7000)?: "wait:\(reason.rawValue)"
        case .transient(let reason, _)?: "again:\(reason.rawValue)"
        case .unknown(let reason)?: "ask:\(reason.rawValue)"
        case .terminal(let reason, _)?: "no:\(reason.rawValue)"
        case .cancelled?: "cancelled"
        }
    }
}
