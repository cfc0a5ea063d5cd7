import SlipwayDomain

/// An error of Graph, in its envelope.
struct GraphError: Error, Sendable {
    let status: Int
    let code: String
    let message: String

    static let noToken = GraphError(
        status: 401, code: "InvalidAuthenticationToken", message: "Access token is missing, expired or malformed.")
    static let forbidden = GraphError(
        status: 403, code: "Authorization_RequestDenied",
        message: "Insufficient privileges to complete the operation.")
    static let resync = GraphError(
        status: 410, code: "syncStateNotFound", message: "The sync state is not found: start over without a token.")

    static func badRequest(_ message: String) -> GraphError {
        GraphError(status: 400, code: "Request_BadRequest", message: message)
    }

    static func notFound(_ id: String) -> GraphError {
        GraphError(status: 404, code: "Request_ResourceNotFound", message: "Resource '\(id)' does not exist.")
    }

    static func unknownPath(_ path: String) -> GraphError {
        GraphError(status: 400, code: "BadRequest", message: "Resource not found for the segment '\(path)'.")
    }

    /// What Graph says with a status when it is in trouble.
    static func fault(_ status: Int) -> GraphError {
        switch status {
        case 401: .noToken
        case 403: .forbidden
        case 409: GraphError(status: 409, code: "Request_Conflict", message: "Another object has that value already.")
        case 429: GraphError(status: 429, code: "TooManyRequests", message: "Too many requests.")
        case 503: GraphError(status: 503, code: "ServiceUnavailable", message: "The service is unavailable.")
        case 504: GraphError(status: 504, code: "GatewayTimeout", message: "The gateway timed out.")
        default: GraphError(status: status, code: "InternalServerError", message: "The service failed.")
        }
    }

    func answer(requestID: String, at now: Timestamp) -> LabAnswer {
        let date = String(now.graphText.dropLast())
        return LabAnswer(
            status,
            [
                "error": [
                    "code": .string(code), "message": .string(message),
                    "innerError": [
                        "date": .string(date), "request-id": .string(requestID),
                        "client-request-id": .string(requestID),
                    ],
                ]
            ], headers: [("request-id", requestID), ("client-request-id", requestID)])
    }
}
