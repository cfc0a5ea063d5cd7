import SlipwayDomain

/// Why the stood-in identity platform gives no token, in its own codes.
struct TokenError: Sendable {
    let code: Int
    let error: String
    let status: Int
    let text: String

    static func unknownTenant(_ tenant: String) -> TokenError {
        TokenError(
            code: 90_002, error: "invalid_request", status: 400,
            text: "Tenant '\(tenant)' not found. Check the tenant id and the cloud it is of.")
    }

    static func unknownApplication(_ id: String, _ tenant: String) -> TokenError {
        TokenError(
            code: 700_016, error: "unauthorized_client", status: 400,
            text: "Application with identifier '\(id)' was not found in the directory '\(tenant)'.")
    }

    static let invalidSecret = TokenError(
        code: 7_000_215, error: "invalid_client", status: 401, text: "Invalid client secret provided.")

    static func expiredSecret(_ id: String) -> TokenError {
        TokenError(
            code: 7_000_222, error: "invalid_client", status: 401,
            text: "The provided client secret keys for app '\(id)' are expired.")
    }

    static func badAssertion(_ reason: String) -> TokenError {
        TokenError(
            code: 700_027, error: "invalid_client", status: 401,
            text: "The certificate with identifier used to sign the client assertion is not accepted. \(reason)")
    }

    static let noCredential = TokenError(
        code: 7_000_218, error: "invalid_client", status: 401,
        text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")

    static func unsupportedGrant(_ grant: String) -> TokenError {
        TokenError(
            code: 70_003, error: "unsupported_grant_type", status: 400,
            text: "The app requested an unsupported grant type '\(grant)'.")
    }

    static func invalidScope(_ scope: String) -> TokenError {
        TokenError(
            code: 1_002_012, error: "invalid_scope", status: 400,
            text: "The provided value for scope \(scope) is not valid: it must be of the form resource/.default.")
    }

    func answer(requestID: String, at now: Timestamp) -> LabAnswer {
        let date = now.graphText.replacing("T", with: " ")
        let description =
            "AADSTS\(code): \(text) Trace ID: \(requestID) Correlation ID: \(requestID) Timestamp: \(date)"
        return LabAnswer(
            status,
            [
                "error": .string(error), "error_description": .string(description),
                "error_codes": [.integer(Int64(code))], "timestamp": .string(date), "trace_id": .string(requestID),
                "correlation_id": .string(requestID),
                "error_uri": .string("https://login.microsoftonline.com/error?code=\(code)"),
            ], headers: [("x-ms-request-id", requestID), ("Cache-Control", "no-store, no-cache")])
    }
}
