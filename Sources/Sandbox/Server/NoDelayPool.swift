import FlyingSocks
import Glibc

/// Sets TCP_NODELAY on the listening socket, from which accepted ones inherit it. Header and body leave in two sends;
/// without this Nagle and delayed ACK meet, and each answer takes 40 ms.
public struct NoDelayPool: AsyncSocketPool {
    let base: any AsyncSocketPool
    /// Makes a close of an unanswered connection a reset (RST).
    let resetsOnClose: Bool

    public init(base: any AsyncSocketPool, resetsOnClose: Bool = false) {
        self.base = base
        self.resetsOnClose = resetsOnClose
    }

    public func prepare() async throws { try await base.prepare() }
    public func run() async throws { try await base.run() }

    public func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = setsockopt(socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        if resetsOnClose {
            var linger = linger(l_onoff: 1, l_linger: 0)
            let size = socklen_t(MemoryLayout.size(ofValue: linger))
            _ = setsockopt(socket.file.rawValue, SOL_SOCKET, SO_LINGER, &linger, size)
        }
        try await base.suspendSocket(socket, untilReadyFor: events)
    }
}
