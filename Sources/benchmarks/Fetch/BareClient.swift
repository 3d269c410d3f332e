import Foundation
import Sandbox
import Transport

/// The product's HTTP client alone: the same bytes to and fro, so many at once, and nothing done with them.
enum BareClient {
    /// What it sends of itself: Host, User-Agent, Accept and Content-Length.
    static let ownFields = 4
    static let lean = "/lean"
    private static let own = AccessRecord.Head(fields: ownFields, bytes: 86)

    /// What the measuring process asks of the one that measures the baseline.
    struct Wish: Sendable {
        var file: String
        var first: Int
        var port: Int
        /// Whether the heads are as long as those of the run, not only the bodies.
        var fillsHeads: Bool

        var arguments: [String] { ["--ask-bare", file, "\(first)", "\(port)", fillsHeads ? "1" : "0"] }

        init(file: String, first: Int, port: Int, fillsHeads: Bool) {
            self.file = file
            self.first = first
            self.port = port
            self.fillsHeads = fillsHeads
        }

        /// nil when the arguments are not understood.
        init?(_ rest: inout ArraySlice<String>) {
            guard let file = rest.popFirst(), let first = rest.popFirst().flatMap({ Int($0) }),
                let port = rest.popFirst().flatMap({ Int($0) }), let fills = rest.popFirst()
            else { return nil }
            self.init(file: file, first: first, port: port, fillsHeads: fills == "1")
        }
    }

    /// Prints the milliseconds for all of it.
    static func run(_ wish: Wish) async throws {
        let traffic = try Traffic(file: wish.file, from: wish.first)
        let spent = try await run(traffic, wish, atOnce: FetchHouse.atOnce)
        FileHandle.standardOutput.write(Data("{\"milliseconds\":\(Int(spent))}\n".utf8))
    }

    private static func run(_ traffic: Traffic, _ wish: Wish, atOnce: Int) async throws -> Double {
        let client = HTTPClient()
        let address = "http://127.0.0.1:\(wish.port)" + (wish.fillsHeads ? "" : lean)
        let heads = wish.fillsHeads ? Set(traffic.exchanges.map(\.receivedHead)) : []
        let headers = Dictionary(uniqueKeysWithValues: heads.map { ($0, Self.headers($0)) })
        let body = [UInt8](repeating: UInt8(ascii: "y"), count: traffic.exchanges.map(\.received).max() ?? 0)
        return try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<atOnce {
                    group.addTask {
                        for number in stride(from: lane, to: traffic.exchanges.count, by: atOnce) {
                            let exchange = traffic.exchanges[number]
                            let answer = try await client.send(
                                HTTPRequest(
                                    .post, url: "\(address)/\(traffic.first + number)",
                                    headers: headers[exchange.receivedHead] ?? [:],
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

    private static func headers(_ head: AccessRecord.Head) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for field in Traffic.fill(head, beside: own) { headers.add(field.name, field.value) }
        return headers
    }
}
