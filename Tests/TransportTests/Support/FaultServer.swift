import FlyingSocks
import FoundationEssentials
import Glibc
import Synchronization

/// A raw server on loopback that does to each connection what a script says.
final class FaultServer: Sendable {
    enum Step: Sendable {
        /// Reads one request: to the end of its header and body.
        case readRequest
        /// Reads to the end of a line.
        case readLine
        /// Notes that it came so far, then reads nothing until the test opens its gate.
        case wait
        /// Reads until the client is gone or has ended its message, and notes the last bytes.
        case readToEnd
        case write(String)
        /// One byte per send.
        case drip(String)
        /// Waits until the client is gone.
        case hold
        /// Closes with RST.
        case reset
    }

    private struct State {
        var connections = 0
        var requests: [String] = []
        var isGateOpen = false
        var isWaiting = false
        var gate: CheckedContinuation<Void, Never>?
        var scripts: [[Step]]
    }

    private let socket: Socket
    private let pool: any AsyncSocketPool
    private let state: Mutex<State>
    let port: UInt16

    /// The n-th connection plays the n-th script; later ones the last.
    static func with<Result>(
        _ scripts: [Step]..., run body: (FaultServer) async throws -> Result
    ) async throws -> Result {
        let server = try await FaultServer(scripts)
        // Only when nobody accepts any more: a descriptor closed before that may be another server's by then, whose
        // callers would be played this script.
        defer { try? server.socket.close() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await server.pool.run() }
            group.addTask { await server.accept() }
            defer { group.cancelAll() }
            return try await body(server)
        }
    }

    private init(_ scripts: [[Step]]) async throws {
        state = Mutex(State(scripts: scripts))
        pool = .poll()
        try await pool.prepare()
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: 0)
        socket = try Socket(domain: AF_INET)
        try socket.bind(to: address)
        try socket.listen()
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        self.port = port
    }

    var url: String { "http://127.0.0.1:\(port)/" }
    var connections: Int { state.withLock { $0.connections } }
    var requests: [String] { state.withLock { $0.requests } }

    /// Whether a connection stands at its `wait`.
    var isWaiting: Bool { state.withLock { $0.isWaiting } }

    func openGate() {
        let gate = state.withLock { state in
            state.isGateOpen = true
            defer { state.gate = nil }
            return state.gate
        }
        gate?.resume()
    }

    private func waitAtGate() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.isWaiting = true
                if !state.isGateOpen { state.gate = continuation }
                return state.isGateOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    private func accept() async {
        guard let listening = try? AsyncSocket(socket: socket, pool: pool) else { return }
        await withDiscardingTaskGroup { group in
            do {
                for try await connection in listening.sockets {
                    let script = state.withLock { state in
                        state.connections += 1
                        return state.scripts[min(state.connections, state.scripts.count) - 1]
                    }
                    group.addTask { await self.play(script, on: connection) }
                }
            } catch {}
        }
    }

    private func play(_ script: [Step], on connection: AsyncSocket) async {
        var on: Int32 = 1
        setsockopt(
            connection.socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        for step in script {
            do {
                try await perform(step, on: connection)
            } catch {
                break
            }
        }
        try? connection.close()
    }

    private func perform(_ step: Step, on connection: AsyncSocket) async throws {
        switch step {
        case .readRequest: try await readRequest(connection)
        case .readLine: while try await connection.read() != 10 {}
        case .wait: await waitAtGate()
        case .readToEnd: await readToEnd(connection)
        case .write(let text): try await connection.write(Data(text.utf8))
        case .drip(let text): for byte in text.utf8 { try await connection.write(Data([byte])) }
        case .hold: while true { _ = try await connection.read() }
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                connection.socket.file.rawValue, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout.size(ofValue: linger)))
        }
    }

    private func readToEnd(_ connection: AsyncSocket) async {
        var tail: [UInt8] = []
        while let bytes = try? await connection.read(atMost: 65_536), !bytes.isEmpty {
            tail = (tail + bytes).suffix(64)
            if tail.suffix(5).elementsEqual("\r\n.\r\n".utf8) { break }
        }
        state.withLock { $0.requests.append(String(decoding: tail, as: UTF8.self)) }
    }

    private func readRequest(_ connection: AsyncSocket) async throws {
        var text: [UInt8] = []
        while !text.suffix(4).elementsEqual("\r\n\r\n".utf8) { text.append(try await connection.read()) }
        let head = String(decoding: text, as: UTF8.self)
        let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let count = length.flatMap { Int($0.dropFirst(15).trimmingPrefix(" ")) } ?? 0
        for _ in 0..<count { text.append(try await connection.read()) }
        state.withLock { $0.requests.append(String(decoding: text, as: UTF8.self)) }
    }
}
