import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayDomain

extension Reply {
    /// `mode` is how the server knows who is there.
    func response(mode: String) -> Response {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        fields[values: HTTPField.Name("x-content-type-options")] = "nosniff"
        // Not `no-referrer`: with that, browsers send a form of our own pages without our Origin.
        fields[values: HTTPField.Name("referrer-policy")] = "same-origin"
        for cookie in cookies { fields.append(HTTPField(name: .setCookie, value: cookie)) }
        if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
        let status = HTTPResponse.Status(code: status)
        switch body {
        case .none: return Response(status: status, headers: fields)
        case .json(let value, let mediaType):
            guard let bytes = try? value.canonicalBytes else { return Response(status: .internalServerError) }
            fields[.contentType] = mediaType
            return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .bytes(let bytes, let mediaType):
            fields[.contentType] = mediaType
            return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .html(let page):
            fields[.contentType] = "text/html; charset=utf-8"
            fields[values: HTTPField.Name("content-security-policy")] =
                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'"
            return Response(
                status: status, headers: fields,
                body: ResponseBody(byteBuffer: ByteBuffer(string: page.document(mode: mode))))
        case .events(let feed):
            fields[.contentType] = "text/event-stream"
            let body = ResponseBody { writer in
                while let text = try await feed.next() {
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: fields, body: body)
        }
    }
}

extension HTTPFields {
    /// For names that are not among the library's own constants.
    fileprivate subscript(values name: HTTPField.Name?) -> String? {
        get { name.flatMap { self[$0] } }
        set { if let name { self[name] = newValue } }
    }
}
