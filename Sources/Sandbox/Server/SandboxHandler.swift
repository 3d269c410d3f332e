import Domain
import FlyingFox
import FoundationEssentials
import Wire

/// From an HTTP request to a simulated system and back, with the faults that were asked for in between.
struct SandboxHandler: HTTPHandler {
    let systems: SandboxSystems
    let faults: FaultBoard
    let log: AccessLog
    let configuration: SandboxConfiguration

    /// More than any system takes.
    private static let mostKept = 4 << 20

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        var call = try await Self.read(request)
        let whole = call.path
        let (system, path) = systems.system(for: whole)
        if path != whole {
            call.path = path
            call.segments.removeFirst()
        }
        system.understand(&call)
        let (name, asked) = (system.call(call), configuration.now())
        let number = log.begin(name, at: asked)
        defer { log.end(at: configuration.now()) }
        let trace = "t\(Digits.padded(number, 8))"
        let latency = faults.latency(path: whole)
        if latency > 0 { try await Task.sleep(for: .milliseconds(latency)) }
        var answer = await self.answer(call, of: system, at: whole, trace: trace)
        answer.headers.append((Bridge.Header.traceId, trace))
        answer.headers.append((Bridge.Header.simulated, "true"))
        if let id = call.headers[Bridge.Header.requestId] {
            answer.headers.append((Bridge.Header.requestId, id))
        }
        let isServed = (200...202).contains(answer.status) && answer.delivery == .whole
        var record = AccessRecord(
            at: asked, call: name, identity: answer.identity, status: answer.status,
            refusedPassword: answer.refusesPassword, served: isServed ? answer.completes : [:],
            received: call.body.count, sent: answer.body.count, receivedHead: call.headers.head,
            sentHead: answer.head)
        (record.route, record.trace) = ("\(call.method) \(whole)", trace)
        log.keep(record)
        return Self.deliver(answer, to: request.remoteAddress)
    }

    private func answer(
        _ call: SandboxRequest, of system: any SandboxSystem, at path: String, trace: String
    ) async -> SandboxAnswer {
        if path == "/sandbox/calls" { return SandboxAnswer(status: 200, body: callCounts()) }
        guard call.body.count <= system.longestBody else {
            return SandboxAnswer(status: 413, page: "Request Entity Too Large")
        }
        guard let hit = faults.hit(path: path, isRead: call.method == "GET") else {
            return await system.answer(call, trace: trace)
        }
        return await SpoiltExchange(system: system, call: call, trace: trace, log: log, now: configuration.now)
            .answer(hit)
    }

    private func callCounts() -> [UInt8] {
        let lines = log.calls.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return Array("{\(lines.joined(separator: ","))}".utf8)
    }

    private static func read(_ request: HTTPRequest) async throws -> SandboxRequest {
        let path = request.target.path()
        var query: [String: String] = [:]
        for item in request.query { query[item.name] = item.value }
        var body: [UInt8] = []
        for try await piece in request.bodySequence {
            // What is beyond the limit is read but not kept, so that the client hears why it is refused.
            if body.count <= mostKept { body += piece }
        }
        return SandboxRequest(
            method: request.method.rawValue, path: path,
            segments: path.split(separator: "/").map { String($0).removingPercentEncodingStrictly }, query: query,
            headers: RequestHeaders(request.headers), body: body)
    }

    private static func deliver(_ answer: SandboxAnswer, to peer: HTTPRequest.Address?) -> HTTPResponse {
        var headers = HTTPHeaders()
        if !answer.body.isEmpty { headers[.contentType] = answer.mediaType }
        for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(answer.status, phrase: phrase(answer.status))
        switch answer.delivery {
        case .whole: return HTTPResponse(statusCode: status, headers: headers, body: Data(answer.body))
        case .cutAfterHeaders:
            let body = HTTPBodySequence(from: BrokenBody(), count: max(answer.body.count, 1))
            return HTTPResponse(statusCode: status, headers: headers, body: body)
        case .cutBody, .slowBody:
            let isSlow = answer.delivery == .slowBody
            let part = answer.body.prefix(isSlow ? answer.body.count : answer.body.count / 2)
            let body = HTTPBodySequence(
                from: SpoiltBody(bytes: part, isSlow: isSlow), count: max(answer.body.count, 1))
            return HTTPResponse(statusCode: status, headers: headers, body: body)
        case .held: return HTTPResponse(webSocket: RefusingSocket(wait: .seconds(3_600)))
        case .cutHead:
            PeerSocket(peer)?.send(Array("HTTP/1.1 200 OK\r\nContent-Type: applica".utf8))
            return HTTPResponse(webSocket: RefusingSocket())
        case .reset:
            PeerSocket(peer)?.resetOnClose()
            return HTTPResponse(webSocket: RefusingSocket())
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
    var removingPercentEncodingStrictly: String {
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
