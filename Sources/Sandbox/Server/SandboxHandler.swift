import Domain
import FlyingFox
import FoundationEssentials
import Wire

/// From an HTTP request to the bridge and back, with the faults that were asked for in between.
struct SandboxHandler: HTTPHandler {
    let service: BridgeService
    let faults: FaultBoard
    let log: AccessLog
    let configuration: SandboxConfiguration

    private static let longestBody = 1 << 20

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let call = try await Self.read(request)
        let number = log.begin(call, at: configuration.now())
        defer { log.end(at: configuration.now()) }
        let trace = "t\(Digits.padded(number, 8))"
        let latency = faults.latency(path: call.path)
        if latency > 0 { try await Task.sleep(for: .milliseconds(latency)) }
        var answer = await self.answer(call, trace: trace)
        answer.headers.append((Bridge.Header.traceId, trace))
        answer.headers.append((Bridge.Header.simulated, "true"))
        if let id = request.headers[HTTPHeader(Bridge.Header.requestId)] {
            answer.headers.append((Bridge.Header.requestId, id))
        }
        return Self.deliver(answer)
    }

    private func answer(_ call: BridgeRequest, trace: String) async -> BridgeAnswer {
        if call.path == "/sandbox/calls" { return BridgeAnswer(status: 200, body: callCounts()) }
        guard call.body.count <= Self.longestBody else {
            return BridgeAnswer(error: BridgeError(.badRequest, "the body is too large"), status: 413, trace: trace)
        }
        let fault = faults.hit(path: call.path)
        switch fault {
        case .unavailable:
            return BridgeAnswer(error: BridgeError(.portalDown, "The portal is under maintenance."), trace: trace)
        case .rateLimited:
            let error = BridgeError(.rateLimited, "Too many requests.", retryAfterSeconds: 1)
            return BridgeAnswer(error: error, trace: trace)
        case .close, .reset:
            var answer = BridgeAnswer(status: 500, body: [])
            answer.delivery = .closed
            return answer
        case nil, .latency, .slow, .dropAfterHeaders, .commitThenClose, .commitThenUnavailable: break
        }
        var answer = await service.answer(call, trace: trace)
        switch fault {
        case .dropAfterHeaders: answer.delivery = .cutAfterHeaders
        case .commitThenClose: answer.delivery = .closed
        case .commitThenUnavailable:
            return BridgeAnswer(error: BridgeError(.portalDown, "The portal went away."), trace: trace)
        default: break
        }
        return answer
    }

    private func callCounts() -> [UInt8] {
        let lines = log.calls.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return Array("{\(lines.joined(separator: ","))}".utf8)
    }

    private static func read(_ request: HTTPRequest) async throws -> BridgeRequest {
        let path = request.target.path()
        var query: [String: String] = [:]
        for item in request.query { query[item.name] = item.value }
        var body: [UInt8] = []
        for try await piece in request.bodySequence {
            // What is beyond the limit is read but not kept, so that the client hears why it is refused.
            if body.count <= longestBody { body += piece }
        }
        return BridgeRequest(
            method: request.method.rawValue, path: path,
            segments: path.split(separator: "/").map { String($0).removingPercentEncodingStrictly }, query: query,
            authorization: request.headers[HTTPHeader(Bridge.Header.authorization)],
            idempotencyKey: request.headers[HTTPHeader(Bridge.Header.idempotencyKey)],
            range: request.headers[HTTPHeader("Range")], body: body)
    }

    private static func deliver(_ answer: BridgeAnswer) -> HTTPResponse {
        var headers = HTTPHeaders()
        if !answer.body.isEmpty { headers[.contentType] = answer.mediaType }
        for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(answer.status, phrase: phrase(answer.status))
        switch answer.delivery {
        case .whole: return HTTPResponse(statusCode: status, headers: headers, body: Data(answer.body))
        case .cutAfterHeaders:
            let body = HTTPBodySequence(from: BrokenBody(), count: max(answer.body.count, 1))
            return HTTPResponse(statusCode: status, headers: headers, body: body)
        case .closed: return HTTPResponse(webSocket: RefusingSocket())
        }
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200...299: "OK"
        case 300...499: "Refused"
        default: "Failed"
        }
    }
}

extension String {
    /// Percent-decoded; as it is where the escapes are malformed.
    fileprivate var removingPercentEncodingStrictly: String {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var result: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
