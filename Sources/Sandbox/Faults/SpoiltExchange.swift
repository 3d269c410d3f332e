import Domain

/// One request that a fault hits, from what the system says to it to what reaches the client.
struct SpoiltExchange: Sendable {
    let system: any SandboxSystem
    let call: SandboxRequest
    let trace: String
    let log: AccessLog
    let now: @Sendable () -> Instant

    func answer(_ hit: FaultBoard.Hit) async -> SandboxAnswer {
        switch hit.kind {
        case .unavailable, .rateLimited: return system.refusal(hit.kind, trace: trace)
        case .close, .reset: return Self.closed
        case .forgetToken:
            system.forgetToken(of: call)
            return await system.answer(call, trace: trace)
        case .lateCommit:
            commitLater(hit.milliseconds)
            return Self.closed
        case .commitTwice:
            var call = call
            call.copies = 2
            return await system.answer(call, trace: trace)
        default: break
        }
        var answer = await system.answer(call, trace: trace)
        switch hit.kind {
        case .dropAfterHeaders: answer.delivery = .cutAfterHeaders
        case .commitThenClose: answer.delivery = .closed
        case .commitThenReset: answer.delivery = .reset
        case .commitThenBlackHole: answer.delivery = .held
        case .commitThenCutHead: answer.delivery = .cutHead
        case .commitThenCutBody: answer.delivery = .cutBody
        case .commitThenSlowBody: answer.delivery = .slowBody
        case .commitThenUnavailable: return system.refusal(.commitThenUnavailable, trace: trace)
        case .commitThenBadGateway: return SandboxAnswer(status: 502, page: "Bad Gateway")
        case .commitThenGatewayTimeout: return SandboxAnswer(status: 504, page: "Gateway Time-out")
        case .commitThenGarbage: return SandboxAnswer(status: 200, body: Array(#"{"Status":1,"Data":"oops"#.utf8))
        case .commitThenDuplicate:
            var again = call
            again.copies = 0
            return await system.answer(again, trace: trace)
        default: break
        }
        return answer
    }

    private static var closed: SandboxAnswer {
        var answer = SandboxAnswer(status: 500, body: [])
        answer.delivery = .closed
        return answer
    }

    /// In a task of its own: the connection is gone by then. It counts as a request, so that a server that is told to stop
    /// waits for it for a moment.
    private func commitLater(_ milliseconds: Int) {
        _ = log.begin("late commit", at: now())
        Task {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            _ = await system.answer(call, trace: trace)
            log.end(at: now())
        }
    }
}
