package import Hummingbird
import NIOCore
import SlipwayDomain
import Synchronization

/// A request as it came in, before anything of it is believed.
final class Visit: Sendable {
    let endpoint: Endpoint
    let path: String
    /// By lower-case name. What stands there more than once is a list, as RFC 9110 has it.
    let headers: [String: String]
    let authority: String?
    let requestID: String
    private let source: String
    /// Who it is from, as far as that is known.
    let actor = Mutex(Initiator(kind: .system, name: "anyone"))

    init(_ endpoint: Endpoint, _ request: Request, requestID: String, source: String) {
        self.endpoint = endpoint
        self.requestID = requestID
        self.source = source
        path = request.uri.path
        authority = request.head.authority
        var headers: [String: String] = [:]
        for field in request.headers {
            headers[field.name.canonicalName] =
                headers[field.name.canonicalName].map { "\($0), \(field.value)" } ?? field.value
        }
        self.headers = headers
    }

    func origin(means: String) -> RequestOrigin {
        RequestOrigin(requestID: requestID, source: source, means: means)
    }
}

/// Hummingbird's context, with the address a request came from.
package struct FrontContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// `local` when the connection has no address.
    let source: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}
