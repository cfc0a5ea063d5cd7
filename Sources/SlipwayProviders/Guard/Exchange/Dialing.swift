package import NIOCore
import NIOPosix

/// Opens a connection to an address that was judged.
package protocol Dialing: Sendable {
    /// To this address and no other: nothing is looked up, and no proxy is asked. `prepare` runs on the loop before
    /// the connection is made.
    func connect(
        to address: IPAddress, port: Int, on loop: any EventLoop, timeLimit: TimeAmount,
        prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel>
}

/// Connects by TCP.
package struct SocketDialer: Dialing {
    package init() {}

    package func connect(
        to address: IPAddress, port: Int, on loop: any EventLoop, timeLimit: TimeAmount,
        prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel> {
        do {
            let peer = try SocketAddress(ipAddress: address.description, port: port)
            return ClientBootstrap(group: loop)
                .connectTimeout(timeLimit)
                .channelInitializer(prepare)
                .connect(to: peer)
        } catch {
            return loop.makeFailedFuture(error)
        }
    }
}
