import FlyingFox
import FlyingSocks
import Foundation
import Sandbox

/// A server that does nothing but answer: `POST /N` gets as many bytes as the N-th answer of a run had, after a header
/// as long; `POST /lean/N` gets the body after two fields.
enum BareServer {
    private static let plain = HTTPHeaders([.contentType: "application/json"])

    private static func fields(_ head: AccessRecord.Head) -> HTTPHeaders {
        var headers = plain
        // Beside the type and the length that FlyingFox adds.
        let own = AccessRecord.Head(fields: 2, bytes: 54)
        for field in Traffic.fill(head, beside: own) { headers[HTTPHeader(field.name)] = field.value }
        return headers
    }

    /// Prints its port and serves until it is killed.
    static func run(_ file: String) async throws {
        let traffic = try Traffic(file: file)
        let longest = traffic.exchanges.map(\.sent).max() ?? 0
        let heads = Set(traffic.exchanges.map(\.sentHead))
        let fields = Dictionary(uniqueKeysWithValues: heads.map { ($0, Self.fields($0)) })
        let bytes = Data(repeating: UInt8(ascii: "x"), count: longest)
        let pool = NoDelayPool(base: HTTPServer.defaultPool())
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), timeout: 30, pool: pool, logger: .disabled,
            handler: ClosureHTTPHandler { request in
                for try await _ in request.bodySequence {}
                let number = Int(request.path.split(separator: "/").last ?? "") ?? 0
                let exchange = traffic.exchanges[min(number, traffic.exchanges.count - 1)]
                let isFilled = !request.path.hasPrefix(BareClient.lean)
                return HTTPResponse(
                    statusCode: .ok, headers: isFilled ? fields[exchange.sentHead] ?? plain : plain,
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
