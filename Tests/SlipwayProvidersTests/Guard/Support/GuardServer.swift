import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on this machine that does, byte by byte, what a test wants of it, and remembers who came.
final class GuardServer: Sendable {
    enum Behaviour: Sendable {
        /// To the first request with the first, and so on; to those beyond, with the last.
        case answer([String])
        /// Ends each connection as it comes, before reading anything.
        case closeAtOnce
        /// Reads, and ends the connection without a word.
        case closeAfterRequest
        /// Says this and ends the connection.
        case breakOff(String)
        /// Reads and is silent.
        case hang
    }

    private struct Record {
        var connections = 0
        var requests: [String] = []
    }

    private let record = Mutex(Record())
    private let listening: any Channel

    var port: Int { listening.localAddress?.port ?? 0 }

    var connections: Int { record.withLock { $0.connections } }

    /// What was said on each connection, as far as it came before the server acted.
    var requests: [String] { record.withLock { $0.requests } }

    /// Runs for the length of the body.
    static func with<Result>(
        _ behaviour: Behaviour, tls: NIOSSLContext? = nil, _ body: (GuardServer) async throws -> Result
    ) async throws -> Result {
        let box = Handlers()
        let listening = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Serving(behaviour, for: box))
                }
            }
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .bind(host: "127.0.0.1", port: 0).get()
        let server = GuardServer(listening)
        box.server.withLock { $0 = server }
        do {
            let result = try await body(server)
            try await listening.close().get()
            return result
        } catch {
            try await listening.close().get()
            throw error
        }
    }

    private init(_ listening: any Channel) {
        self.listening = listening
    }

    fileprivate func connected() {
        record.withLock { $0.connections += 1 }
    }

    /// How many requests there were before this one.
    fileprivate func heard(_ request: String) -> Int {
        record.withLock {
            $0.requests.append(request)
            return $0.requests.count - 1
        }
    }

    /// The server is there only after its socket is; nobody knows the port before.
    fileprivate final class Handlers: Sendable {
        let server = Mutex<GuardServer?>(nil)
    }
}

/// One connection of the server.
private final class Serving: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let behaviour: GuardServer.Behaviour
    private let box: GuardServer.Handlers
    private var heard = ""

    init(_ behaviour: GuardServer.Behaviour, for box: GuardServer.Handlers) {
        self.behaviour = behaviour
        self.box = box
    }

    private var server: GuardServer? { box.server.withLock { $0 } }

    func channelActive(context: ChannelHandlerContext) {
        server?.connected()
        if case .closeAtOnce = behaviour { context.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        heard += String(buffer: unwrapInboundIn(data))
        guard let end = heard.firstRange(of: "\r\n\r\n"), heard[end.upperBound...].utf8.count >= announced else {
            return
        }
        let number = server?.heard(heard) ?? 0
        heard = ""
        switch behaviour {
        case .answer(let answers): _ = say(answers[min(number, answers.count - 1)], context)
        case .breakOff(let text):
            // Behind the text and not in the middle of it.
            let channel = context.channel
            say(text, context).whenComplete { _ in channel.close(promise: nil) }
        case .closeAfterRequest: context.close(promise: nil)
        case .closeAtOnce, .hang: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private var announced: Int {
        heard.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? 0
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)))
    }
}

extension GuardServer {
    static func text(_ status: String, _ headers: [String] = [], body: String = "") -> String {
        (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers + ["", body]).joined(separator: "\r\n")
    }
}
