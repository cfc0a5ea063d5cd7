import SlipwayDomain
import SlipwayOperations

/// An error as RFC 9457 has it. Its `type` is a page this server has, which says what to do.
struct Problem: Error, Sendable {
    let status: Int
    /// The runbook page's name.
    let kind: String
    let title: String
    let detail: String
    /// Members of the problem's own.
    var more: [String: JSONValue] = [:]
    var headers: [String: String] = [:]

    func reply(requestID: String) -> Reply {
        var json = more
        json["type"] = .string("/runbook/\(kind)")
        json["title"] = .string(title)
        json["status"] = .integer(Int64(status))
        json["detail"] = .string(detail)
        json["requestId"] = .string(requestID)
        return Reply(status, headers: headers, .json(.object(json), mediaType: "application/problem+json"))
    }
}

extension Problem {
    static func invalid(_ detail: String, field: String? = nil) -> Problem {
        Problem(
            status: 400, kind: "invalid_request", title: "The request cannot be read", detail: detail,
            more: field.map { ["field": .string($0)] } ?? [:])
    }

    /// The same for what is not there and for what is not the asker's to see.
    static let notFound = Problem(
        status: 404, kind: "not_found", title: "Not found",
        detail: "There is nothing at this address for you. Check the address, the tenant and the number.")

    static let unauthenticated = Problem(
        status: 401, kind: "unauthenticated", title: "Who are you?",
        detail: "Send X-Slipway-Actor with your user's id, and X-Slipway-Role when you are no member here: "
            + "this server runs in mock-auth-header mode.",
        headers: ["www-authenticate": "X-Slipway-Actor"])

    /// Credentials that do not hold; why is said as far as it helps nobody else.
    static func badCredentials(_ detail: String) -> Problem {
        Problem(
            status: 401, kind: "unauthenticated", title: "Who are you?", detail: detail,
            headers: ["www-authenticate": "Bearer error=\"invalid_token\""])
    }

    /// For browsers this is a way to the provider, not a page.
    static let signInNeeded = Problem(
        status: 401, kind: "unauthenticated", title: "Who are you?",
        detail: "Sign in at /auth/login, or send Authorization: Bearer with an access token or an API token.",
        headers: ["www-authenticate": "Bearer"])

    static func signInFailed(_ detail: String) -> Problem {
        Problem(
            status: 400, kind: "sign_in_failed", title: "The sign-in came to nothing",
            detail: detail + " Begin again at /auth/login.")
    }

    static let noRole = Problem(
        status: 403, kind: "no_role", title: "You have no role here",
        detail: "The provider knows you, and nothing it says gives you a role in this workspace. Someone with "
            + "member.manage can add you.")

    /// A request that a page of somebody else's could have sent.
    static let forged = Problem(
        status: 403, kind: "forged", title: "Not sent from here",
        detail: "With a session, what changes something is sent by this server's own pages: with their Origin and the "
            + "form's token (csrf, or X-Slipway-CSRF).")

    static func forbidden(_ capability: Capability) -> Problem {
        Problem(
            status: 403, kind: "forbidden", title: "Not yours to do",
            detail: "This needs the capability \(capability.rawValue), which you do not have here. "
                + "Someone with member.manage can give you a role that has it.",
            more: ["capability": .string(capability.rawValue)])
    }

    static let wrongHost = Problem(
        status: 421, kind: "wrong_host", title: "Not by this name",
        detail: "In mock-auth-header mode this server is reached as localhost or 127.0.0.1, and by no other name.")

    static func tooLarge(_ endpoint: Endpoint) -> Problem {
        Problem(
            status: 413, kind: "invalid_request", title: "The request is too large",
            detail: "A body may have \(endpoint.longestBody >> 20) MiB at most here.")
    }

    static func methodNotAllowed(_ allowed: [String]) -> Problem {
        Problem(
            status: 405, kind: "method_not_allowed", title: "Method not allowed",
            detail: "This address takes \(allowed.joined(separator: ", ")).",
            headers: ["allow": allowed.joined(separator: ", ")])
    }

    static let internalFault = Problem(
        status: 500, kind: "internal_fault", title: "Something failed inside Slipway",
        detail: "The server's log has the cause under this request's id. Try again, and tell who runs the server.")
}
