import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS
import SlipwayDomain

/// Sends one request over one connection and gathers the answer, and knows at each moment whether anything of the
/// request may have got out. It ends its connection, and keeps its promise once, whatever happens.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private enum Stage {
        case connecting, connected, sent, over
    }

    private let message: RequestMessage
    private let isPlain: Bool
    private let limits: CallLimits
    private let answer: EventLoopPromise<ProviderResponse>

    private var stage = Stage.connecting
    private var channel: (any Channel)?
    private var certificate: Digest?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(
        _ message: RequestMessage, isPlain: Bool, limits: CallLimits, answer: EventLoopPromise<ProviderResponse>
    ) {
        self.message = message
        self.isPlain = isPlain
        self.limits = limits
        self.answer = answer
    }

    /// Gives up, for the reason named: because of time, or because of the caller.
    func stop(_ reason: String, isCancelled: Bool = false) {
        switch stage {
        case .connecting, .connected:
            fail(isCancelled ? .cancelled : stage == .connecting ? .notConnected(reason) : .notSent(reason))
        case .sent:
            fail(.noAnswer(reason))
        case .over:
            break
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        guard stage == .connecting else { return context.close(promise: nil) }
        stage = .connected
        if isPlain { send(context) }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent, stage == .connected {
            certificate = Self.certificate(of: context)
            send(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard stage == .sent else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): receive(head)
        case .body(let part): receive(part)
        case .end: finish()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop("the connection was closed")
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if stage == .sent, case .headerOverflow? = error as? HTTPParserError {
            refuse("more than \(limits.headerBytes) bytes of headers")
        } else {
            stop(isPlain || stage == .sent ? "\(error)" : "TLS: \(error)")
        }
    }

    private func send(_ context: ChannelHandlerContext) {
        // From here on it may have got out, whether or not the write succeeds.
        stage = .sent
        context.write(wrapOutboundOut(.head(message.head)), promise: nil)
        if let body = message.body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func receive(_ head: HTTPResponseHead) {
        guard head.status.code >= 200 else { return stop("status \(head.status.code), which ends no answer") }
        let declared = head.headers.first(name: "Content-Length").flatMap(Int.init) ?? 0
        guard declared <= limits.bodyBytes else { return refuse("\(declared) bytes are announced") }
        self.head = head
    }

    private func receive(_ part: ByteBuffer) {
        guard body.count + part.readableBytes <= limits.bodyBytes else {
            return refuse("more than \(limits.bodyBytes) bytes came")
        }
        body += part.readableBytesView
    }

    private func finish() {
        guard let head else { return stop("an end without a beginning") }
        let headers = head.headers.filter { $0.name.lowercased() != "set-cookie" }
        answer.succeed(
            ProviderResponse(
                status: Int(head.status.code), headers: headers.map { .init($0.name, $0.value) }, body: body,
                certificate: certificate))
        close()
    }

    private func refuse(_ found: String) {
        fail(.refused(CallRefusal(.size, found)))
    }

    private func fail(_ failure: ExchangeFailure) {
        answer.fail(failure)
        close()
    }

    private func close() {
        stage = .over
        channel?.close(promise: nil)
    }

    private static func certificate(of context: ChannelHandlerContext) -> Digest? {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
        return (try? handler?.peerCertificate?.toDERBytes()).map(Digest.init(sha256Of:))
    }
}
