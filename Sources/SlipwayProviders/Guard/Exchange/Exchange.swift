import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SlipwayDomain

/// One request to one address, on a connection of its own that ends with it.
struct Exchange: Sendable {
    let message: RequestMessage
    let target: CallTarget
    let tls: TrustedTLS
    let dialer: any Dialing
    let limits: CallLimits

    /// Over by `deadline`, and connected by `connectDeadline` or not at all. The connection goes to `address`; the
    /// name is what the certificate is checked against.
    func answer(
        at address: IPAddress, connectDeadline: NIODeadline, deadline: NIODeadline
    ) async throws(ExchangeFailure) -> ProviderResponse {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let answer = loop.makePromise(of: ProviderResponse.self)
        do {
            let handler = try await loop.submit {
                NIOLoopBound(
                    ExchangeHandler(message, isPlain: target.origin.isPlain, limits: limits, answer: answer),
                    eventLoop: loop)
            }.get()
            let end = loop.scheduleTask(deadline: deadline) { handler.value.stop("no answer in time") }
            answer.futureResult.whenComplete { _ in end.cancel() }
            connect(handler, to: address, by: connectDeadline, on: loop)
            return try await withTaskCancellationHandler {
                try await answer.futureResult.get()
            } onCancel: {
                loop.execute { handler.value.stop("cancelled", isCancelled: true) }
            }
        } catch let failure as ExchangeFailure {
            throw failure
        } catch {
            throw .notSent("\(error)")
        }
    }

    private func connect(
        _ handler: NIOLoopBound<ExchangeHandler>, to address: IPAddress, by deadline: NIODeadline,
        on loop: any EventLoop
    ) {
        dialer.connect(
            to: address, port: target.origin.port, on: loop, timeLimit: deadline - .now()
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                if !target.origin.isPlain { try channel.pipeline.syncOperations.addHandler(tlsHandler()) }
                var decoderLimits = NIOHTTPDecoderLimitConfiguration()
                decoderLimits.maxHeaderFieldSize = limits.headerBytes
                decoderLimits.maxHeaderListSize = limits.headerBytes
                try channel.pipeline.syncOperations.addHTTPClientHandlers(decoderLimitConfiguration: decoderLimits)
                try channel.pipeline.syncOperations.addHandler(handler.value)
            }
        }.whenFailure { error in
            handler.value.stop("\(address): \(error)")
        }
    }

    /// An address in place of a name is checked against the addresses in the certificate.
    private func tlsHandler() throws -> NIOSSLClientHandler {
        switch target.origin.host {
        case .name(let name): try NIOSSLClientHandler(context: tls.context, serverHostname: name)
        case .address: try NIOSSLClientHandler(context: tls.context, serverHostname: nil)
        }
    }
}
