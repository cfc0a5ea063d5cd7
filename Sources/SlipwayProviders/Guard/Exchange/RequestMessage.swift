import NIOCore
import NIOHTTP1
import SlipwayDomain

/// A request as it goes onto the wire.
struct RequestMessage: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer?

    /// The target's authority is the Host, whatever address is connected to. Refuses headers that are not the
    /// request's to set, and those that would not arrive as one.
    init(_ request: ProviderRequest, to target: CallTarget) throws(CallRefusal) {
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: target.authority)
        headers.add(name: "User-Agent", value: "slipway")
        headers.add(name: "Connection", value: "close")
        headers.add(name: "Accept-Encoding", value: "identity")
        for header in request.headers {
            guard Self.isToken(header.name), Self.isValue(header.value),
                !Self.reserved.contains(header.name.lowercased())
            else { throw CallRefusal(.headers, header.name) }
            headers.add(name: header.name, value: header.value)
        }
        if let authorization = request.authorization?.revealedText() {
            guard Self.isValue(authorization) else { throw CallRefusal(.headers, "Authorization") }
            headers.add(name: "Authorization", value: authorization)
        }
        if !headers.contains(name: "Accept") { headers.add(name: "Accept", value: "application/json") }
        if let body = request.body {
            guard Self.isValue(body.type) else { throw CallRefusal(.headers, "Content-Type") }
            headers.add(name: "Content-Type", value: body.type)
        }
        body = request.body.map { body in body.bytes.reveal { ByteBuffer(bytes: $0) } }
        if let body {
            headers.add(name: "Content-Length", value: String(body.readableBytes))
        } else if request.method != .get, request.method != .delete {
            headers.add(name: "Content-Length", value: "0")
        }
        head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue), uri: target.pathAndQuery,
            headers: headers)
    }

    /// What the connection or another field of the request decides.
    private static let reserved: Set<String> = [
        "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect", "host",
        "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    }
}
