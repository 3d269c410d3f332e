import FlyingFox
import Glibc

/// The descriptor of the connection that a request came on. The HTTP library shows only who is at its other end, and
/// writes headers whole.
struct PeerSocket {
    private let descriptor: Int32

    /// nil when no socket of this process is connected to that address.
    init?(_ peer: HTTPRequest.Address?) {
        guard case .ip4(_, let port)? = peer else { return nil }
        let found = (3..<4_096 as Range<Int32>).first { Self.peerPort(of: $0) == port }
        guard let found else { return nil }
        descriptor = found
    }

    /// Of a client in this process the other end is the server, whose port is another.
    private static func peerPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
        }
        guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// Makes the close that follows a reset (RST).
    func resetOnClose() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
}
