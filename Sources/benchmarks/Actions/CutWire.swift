import Foundation
import Glibc
import Synchronization

/// The way between a worker and the simulated portal: it passes bytes on, and kills the worker when so many have come
/// through.
final class CutWire: Sendable {
    enum Stage: Sendable, Hashable, CaseIterable {
        /// The connection stands, nothing was read of it.
        case connected
        case inRequest
        /// The worker has sent all, the portal lacks the last byte.
        case beforeCommit
        /// The portal has answered, and the worker has none of it.
        case beforeAnswer
        case afterHead
        case inBody

        /// Whether the portal holds the action by then.
        var isCommitted: Bool { self == .beforeAnswer || self == .afterHead || self == .inBody }
    }

    struct Cut: Sendable {
        var stage: Stage
        /// How much of request or body has gone, in thousandths.
        var share: Int
        /// Microseconds after the kill until the held rest of a request reaches the portal; nil: never.
        var late: UInt32?
        /// Microseconds between reaching the stage and the kill.
        var delay: UInt32
        /// Whether the question is cut and not the action; whether the portal got the action then.
        var isOfQuestion = false
        var keepsAction = false
        /// Kills nobody, holds the connection until its other end is gone.
        var onlyHolds = false
    }

    struct Strike: Sendable {
        var place: String
        /// Whether the portal held the action then.
        var isHeld: Bool
    }

    private struct State {
        var cut: Cut?
        var victim: pid_t = 0
        var isHeld: @Sendable () -> Bool = { false }
        var hasActed = false
        var strike: Strike?
    }

    let port: Int
    private let listener: Int32
    private let upstream: Int
    private let state = Mutex(State())

    /// - Parameter upstream: the portal's port on this machine.
    init(upstream: Int) throws {
        self.upstream = upstream
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = Self.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name -> Int32 in
                guard bind(socket, name, size) == 0, listen(socket, 16) == 0 else { return -1 }
                return getsockname(socket, name, &size)
            }
        }
        guard socket >= 0, code == 0 else { throw BenchProblem.cannotStart("a wire", errno) }
        listener = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { self.takeConnections() }.start()
    }

    /// Until the wire is closed.
    private func takeConnections() {
        while true {
            let client = accept(listener, nil, nil)
            if client < 0, errno == EINTR || errno == ECONNABORTED { continue }
            guard client >= 0 else { return }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            Thread { self.serve(client) }.start()
        }
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    /// - Parameter isHeld: whether the portal holds the action now.
    func arm(_ cut: Cut, victim: pid_t, isHeld: @escaping @Sendable () -> Bool) {
        state.withLock { $0 = State(cut: cut, victim: victim, isHeld: isHeld) }
    }

    /// Passes everything from now on.
    ///
    /// - Returns: where it struck.
    func disarm() -> Strike? {
        state.withLock { state in
            defer { state = State() }
            return state.strike
        }
    }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    // MARK: One connection

    private func serve(_ client: Int32) {
        defer { Glibc.close(client) }
        if let cut = take(where: { cut, state in cut.stage == .connected && cut.isOfQuestion == state.hasActed }) {
            return strike(cut, "connected", client)
        }
        guard let request = WireMessage.read(client) else { return }
        if request.isAction, let keeps = swallows() {
            if keeps { exchange(request.bytes) { _, _ in } }
            return
        }
        let cut = take { cut, _ in cut.isOfQuestion ? request.isQuestion : request.isAction }
        if let cut { return perform(cut, request, client) }
        exchange(request.bytes) { _, answer in
            if let answer { WireMessage.send(answer.closing, client) }
        }
    }

    /// The cut, for one connection only.
    private func take(where isMeant: (Cut, State) -> Bool) -> Cut? {
        state.withLock { state in
            guard let cut = state.cut, isMeant(cut, state) else { return nil }
            state.cut = nil
            return cut
        }
    }

    /// Whether the portal gets this action; nil when it is passed as any other.
    private func swallows() -> Bool? {
        state.withLock { state in
            guard let cut = state.cut, cut.isOfQuestion else { return nil }
            state.hasActed = true
            return cut.keepsAction
        }
    }

    private func perform(_ cut: Cut, _ request: WireMessage, _ client: Int32) {
        let all = request.bytes
        switch cut.stage {
        case .connected: strike(cut, "connected", client)
        case .inRequest:
            let count = 1 + (all.count - 2) * cut.share / 1_000
            exchange(all.prefix(count), reads: false) { _, _ in
                strike(cut, "\(count) of \(all.count) bytes of the request", client)
            }
        case .beforeCommit:
            exchange(all.dropLast(), reads: false) { portal, _ in
                strike(cut, "the last byte of \(all.count) held back", client)
                guard let late = cut.late else { return }
                usleep(late)
                WireMessage.send(all.suffix(1), portal)
                _ = WireMessage.read(portal)
            }
        case .beforeAnswer, .afterHead, .inBody:
            exchange(all) { _, answer in
                guard let answer else { return }
                let (head, whole) = (answer.headCount, answer.bytes.count)
                let count =
                    switch cut.stage {
                    case .beforeAnswer: 0
                    case .afterHead: head
                    default: head + 1 + max(whole - head - 2, 0) * cut.share / 1_000
                    }
                WireMessage.send(answer.bytes.prefix(count), client)
                strike(cut, "\(count) of \(whole) bytes of the answer", client)
            }
        }
    }

    private func exchange(
        _ request: some Collection<UInt8>, reads: Bool = true, _ then: (Int32, WireMessage?) -> Void
    ) {
        let portal = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { Glibc.close(portal) }
        var address = Self.address(upstream)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(portal, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { return }
        WireMessage.send(request, portal)
        then(portal, reads ? WireMessage.read(portal) : nil)
    }

    private func strike(_ cut: Cut, _ place: String, _ client: Int32) {
        if cut.delay > 0 { usleep(cut.delay) }
        let (isHeld, victim) = state.withLock { ($0.isHeld, $0.victim) }
        let strike = Strike(place: place, isHeld: isHeld())
        state.withLock { $0.strike = strike }
        if cut.onlyHolds {
            // Whoever was waiting is dead when its end is closed.
            while WireMessage.receive(client) != nil {}
        } else {
            kill(victim, SIGKILL)
        }
    }
}
