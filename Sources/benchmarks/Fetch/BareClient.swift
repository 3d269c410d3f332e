import Foundation
import Transport

/// The product's HTTP client alone: the same bytes to and fro, so many at once, and nothing done with them.
enum BareClient {
    /// What the measuring process asks of the one that measures the baseline.
    struct Wish: Sendable {
        var file: String
        var first: Int
        var port: Int

        var arguments: [String] { ["--ask-bare", file, "\(first)", "\(port)"] }

        init(file: String, first: Int, port: Int) {
            self.file = file
            self.first = first
            self.port = port
        }

        /// nil when the arguments are not understood.
        init?(_ rest: inout ArraySlice<String>) {
            guard let file = rest.popFirst(), let first = rest.popFirst().flatMap({ Int($0) }),
                let port = rest.popFirst().flatMap({ Int($0) })
            else { return nil }
            self.init(file: file, first: first, port: port)
        }
    }

    /// Prints the milliseconds for all of it.
    static func run(_ wish: Wish) async throws {
        let traffic = try Traffic(file: wish.file, from: wish.first)
        let spent = try await run(traffic, port: wish.port, atOnce: FetchHouse.atOnce)
        FileHandle.standardOutput.write(Data("{\"milliseconds\":\(Int(spent))}\n".utf8))
    }

    private static func run(_ traffic: Traffic, port: Int, atOnce: Int) async throws -> Double {
        let client = HTTPClient()
        let body = [UInt8](repeating: UInt8(ascii: "y"), count: traffic.exchanges.map(\.received).max() ?? 0)
        return try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<atOnce {
                    group.addTask {
                        for number in stride(from: lane, to: traffic.exchanges.count, by: atOnce) {
                            let exchange = traffic.exchanges[number]
                            let answer = try await client.send(
                                HTTPRequest(
                                    .post, url: "http://127.0.0.1:\(port)/\(traffic.first + number)",
                                    body: .bytes(Array(body.prefix(exchange.received))),
                                    deadline: .now + .seconds(30)))
                            guard answer.body.count == exchange.sent else { throw BenchProblem.otherAnswer(number) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }.inMilliseconds
    }
}
