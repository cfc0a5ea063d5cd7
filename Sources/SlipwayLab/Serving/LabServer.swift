import Foundation
import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
import SlipwayDomain

/// Brings a lab on the network: on the loopback interface and nowhere else.
package struct LabServer: HTTPResponder {
    /// The longest body that is read, in bytes.
    static let longestBody = 1 << 20

    private let lab: Lab

    package init(_ lab: Lab) {
        self.lab = lab
    }

    /// A server on a loopback address; port 0 takes a free one. `onServerRunning` is told the port.
    package static func application(
        _ lab: Lab, host: String = "127.0.0.1", port: Int, logger: Logger,
        onServerRunning: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        precondition(Loopback.contains(host[...]), "the lab is for this machine alone")
        return Application(
            responder: LabServer(lab), server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { await onServerRunning($0.localAddress?.port ?? port) }, logger: logger)
    }

    package func respond(to request: Request, context: LabContext) async throws -> Response {
        guard let read = await read(request) else { return response(LabAnswer(400)) }
        switch await lab.respond(to: read) {
        case .answer(let answer): return response(answer)
        case .reset:
            // Closed before anything is written: what is returned reaches nobody.
            try? await context.channel.close()
            return Response(status: .internalServerError)
        }
    }

    private func read(_ request: Request) async -> LabRequest? {
        guard let body = try? await request.body.collect(upTo: Self.longestBody),
            let query = LabRequest.fields(request.uri.query ?? "")
        else { return nil }
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        return LabRequest(
            method: request.method.rawValue, base: "http://\(request.head.authority ?? "127.0.0.1")",
            path: request.uri.path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) },
            query: query, headers: headers, body: Array(body.readableBytesView))
    }

    private func response(_ answer: LabAnswer) -> Response {
        var fields = HTTPFields()
        let all = answer.headers + [("Content-Type", answer.mediaType), Lab.label]
        for (name, value) in all where name != "Content-Type" || !answer.body.isEmpty {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(
            status: .init(code: answer.status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

/// Knows the connection of a request, so that it can be cut.
package struct LabContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
