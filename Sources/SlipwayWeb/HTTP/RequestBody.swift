import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayDomain

/// A body, read as JSON, or the problem it is. Who may do what is asked is decided before the problem is told; until
/// then only what the body names is looked at.
struct RequestBody: Sendable {
    private let content: Result<JSONValue?, Problem>

    init(_ content: Result<JSONValue?, Problem>) {
        self.content = content
    }

    /// Throws the problem.
    func json() throws -> JSONValue? { try content.get() }

    /// The text a field names something by; nil when there is none that could be a name.
    func name(_ field: String) -> String? {
        guard let name = member(field)?.stringValue, InputLimits.allow(name, upTo: InputLimits.text) else { return nil }
        return name
    }

    /// The names in a list.
    func names(_ field: String) -> [String] {
        (member(field)?.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// The number a field names something by.
    func number(_ field: String) -> Int64? {
        var reader = try? BodyReader(try? json())
        return (try? reader?.id(field)) ?? nil
    }

    private func member(_ field: String) -> JSONValue? {
        (try? content.get())??[field]
    }
}

extension RequestBody {
    /// Throws for what cannot be taken in at all; what cannot be read is in the body itself.
    init(of request: Request, _ endpoint: Endpoint) async throws {
        var request = request
        let buffer: ByteBuffer
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > endpoint.longestBody {
            throw Problem.tooLarge(endpoint)
        }
        do {
            buffer = try await request.collectBody(upTo: endpoint.longestBody)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(endpoint)
        } catch {
            throw Problem.invalid("The body broke off, or is not framed as its header says.")
        }
        self.init(Result { () throws(Problem) in try Self.json(buffer, request.headers, endpoint) })
    }

    private static func json(
        _ buffer: ByteBuffer, _ headers: HTTPFields, _ endpoint: Endpoint
    ) throws(Problem) -> JSONValue? {
        guard buffer.readableBytes > 0 else {
            if endpoint.isBodyRequired { throw Problem.invalid("This needs a JSON body.") }
            return nil
        }
        guard endpoint.body != nil else { throw Problem.invalid("This takes no body.") }
        let type = headers[.contentType]?.split(separator: ";").first?.lowercased()
        if endpoint.takesForm, type == "application/x-www-form-urlencoded" {
            return try Query.form(String(decoding: buffer.readableBytesView, as: UTF8.self))
        }
        guard type?.filter({ !$0.isWhitespace }) == "application/json", headers[.contentEncoding] == nil else {
            throw Problem(
                status: 415, kind: "invalid_request", title: "Not a JSON body",
                detail: "Send the body as Content-Type: application/json, and not encoded.")
        }
        do {
            return try JSONValue(parsing: Array(buffer.readableBytesView))
        } catch {
            throw Problem.invalid("The body is not JSON: \(error.reason) at byte \(error.offset).")
        }
    }
}
