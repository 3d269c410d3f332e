import FlyingFox
import FlyingSocks
import Foundation
import Sandbox

/// A server that does nothing but answer: `POST /N` gets as many bytes as the N-th answer of a run had.
enum BareServer {
    /// Prints its port and serves until it is killed.
    static func run(_ file: String) async throws {
        let traffic = try Traffic(file: file)
        let longest = traffic.exchanges.map(\.sent).max() ?? 0
        let bytes = Data(repeating: UInt8(ascii: "x"), count: longest)
        let pool = NoDelayPool(base: HTTPServer.defaultPool())
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), timeout: 30, pool: pool, logger: .disabled,
            handler: ClosureHTTPHandler { request in
                for try await _ in request.bodySequence {}
                let number = Int(request.path.dropFirst()) ?? 0
                let exchange = traffic.exchanges[min(number, traffic.exchanges.count - 1)]
                return HTTPResponse(
                    statusCode: .ok, headers: HTTPHeaders([.contentType: "application/json"]),
                    body: bytes.prefix(exchange.sent))
            })
        let serving = Task { try await server.run() }
        try await server.waitUntilListening(timeout: 30)
        if case .ip4(_, let port) = await server.listeningAddress {
            FileHandle.standardOutput.write(Data("{\"port\":\(port)}\n".utf8))
        }
        try await serving.value
    }
}
