import NIOCore
import SlipwayProviders
import Synchronization

/// Stands in for the internet: remembers what address was to be connected to, and connects to a port of this machine.
final class ForwardingDialer: Dialing {
    private let ports: [Int]
    private let dialled = Mutex<[IPAddress]>([])

    /// The first connection goes to the first port, and so on; those beyond, to the last.
    init(to ports: Int...) {
        self.ports = ports
    }

    var addresses: [IPAddress] { dialled.withLock { $0 } }

    func connect(
        to address: IPAddress, port: Int, on loop: any EventLoop, timeLimit: TimeAmount,
        prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel> {
        let number = dialled.withLock {
            $0.append(address)
            return $0.count - 1
        }
        return SocketDialer().connect(
            to: .v4(0x7F00_0001), port: ports[min(number, ports.count - 1)], on: loop, timeLimit: timeLimit,
            prepare: prepare)
    }
}
