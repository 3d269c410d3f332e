import Domain
import Transport
import Wire

/// One exchange with NIC under a session, and what can be said of it before the answer is understood.
struct NicExchange: Sendable {
    let profile: ProviderProfile
    let client: PortalClient

    /// What came back, or why nothing did.
    enum Outcome: Sendable {
        case answered(HTTPResponse)
        case failed(ActionAnswer)
    }

    private static let largestAnswer = 16 << 20

    /// - Parameters:
    ///   - url: where it goes, whole.
    ///   - changes: whether the call changes something, so that it leaves at most once and "sent" matters.
    func send(
        _ method: HTTPMethod, _ url: String, _ headers: HTTPHeaders, body: [UInt8]?, deadline: ContinuousClock.Instant,
        changes: Bool
    ) async -> Outcome {
        let request = HTTPRequest(
            method, url: url, headers: headers, body: body.map { .bytes($0) } ?? .none,
            deadline: changes ? deadline : min(deadline, .now + profile.timeouts.request),
            connectTimeout: profile.timeouts.connect, maxResponseBytes: Self.largestAnswer, sendOnce: changes)
        do throws(PortalFailure) {
            let response = try await client.send(request, changes ? .filing : .reading, changes: changes)
            return response.isSuccess ? .answered(response) : .failed(refused(response, changes: changes))
        } catch {
            return .failed(Self.failed(error, changes: changes))
        }
    }

    /// No answer, or none of HTTP. What certainly did not leave is tried again, all else is in doubt.
    static func failed(_ failure: PortalFailure, changes: Bool) -> ActionAnswer {
        let isSent = failure.mayHaveBeenSent
        var answer = ActionAnswer(
            changes ? (isSent ? .lost : .notSent) : .lookFailed, message: failure.message, cause: failure.cause)
        answer.code = failure.portalCode
        answer.retryAfter = failure.retryAfter
        answer.notBefore = failure.notBefore
        answer.login = failure.login
        return answer
    }

    /// Business errors come with HTTP 200, so every other status is a gateway's: nothing is known of what stands behind
    /// it (facts: nic-einvoice-ewb 7.5).
    private func refused(_ response: HTTPResponse, changes: Bool) -> ActionAnswer {
        let failure = BridgeFailure.from(statusOf: response)
        let isUntouched = profile.nic?.notProcessed.contains(response.status) == true
        var answer = ActionAnswer(
            changes ? (isUntouched ? .notSent : .lost) : .lookFailed, message: failure.message, cause: failure.cause)
        answer.status = response.status
        answer.body = response.body
        answer.wireHash = ContentHash.sha256(response.body)
        answer.retryAfter = failure.retryAfter
        return answer
    }
}
