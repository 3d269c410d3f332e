import Domain
import Transport

/// Sends the calls of one provider through its gate, and repeats what is harmless.
public struct PortalClient: Sendable {
    private static let tries = 3

    let http: HTTPClient
    let gate: any CallGate
    let pause: @Sendable (Duration) async throws -> Void
    let random: RandomSource

    public init(
        http: HTTPClient, gate: any CallGate = OpenGate(), pause: @escaping @Sendable (Duration) async throws -> Void,
        random: RandomSource
    ) {
        self.http = http
        self.gate = gate
        self.pause = pause
        self.random = random
    }

    /// One exchange, never repeated.
    ///
    /// - Parameters:
    ///   - changes: whether the call changes something at the provider, so that "sent" matters.
    ///   - tooLarge: what an answer means that is larger than the request allows.
    func send(
        _ request: HTTPRequest, _ family: CallFamily = .reading, changes: Bool, tooLarge: PortalFailure? = nil
    ) async throws(PortalFailure) -> HTTPResponse {
        let asked = ContinuousClock.now
        try await admit(family, deadline: CallContext.deadline ?? request.deadline)
        let began = ContinuousClock.now
        var request = request
        // Waiting for its turn takes nothing off the time that the call itself may take.
        request.deadline = min(request.deadline + (began - asked), CallContext.deadline ?? request.deadline)
        do throws(TransportFailure) {
            let response = try await exchanged(request, family).get()
            let isFailure = response.status >= 500 || response.status == 429
            if isFailure { CallContext.notes?.failed() } else { CallContext.notes?.answered() }
            gate.ended(family, isFailure ? .failed : .answered, took: .now - began)
            return response
        } catch {
            let end = Self.end(error)
            if end == .failed { CallContext.notes?.failed() }
            gate.ended(family, end, took: .now - began)
            if error.kind == .responseTooLarge, let tooLarge { throw tooLarge }
            var failure = BridgeFailure.from(error, changes: changes)
            failure.nothingLeft = error.evidence == .notSent
            throw failure
        }
    }

    private func exchanged(
        _ request: HTTPRequest, _ family: CallFamily
    ) async -> Result<HTTPResponse, TransportFailure> {
        await CallContext.$family.withValue(family) {
            do throws(TransportFailure) {
                return .success(try await http.send(request))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Repeats what changes nothing, while the portal is away and the deadline and the budget allow it.
    func repeating<Value: Sendable>(
        deadline: ContinuousClock.Instant, isHarmless: Bool = true,
        _ body: () async throws(PortalFailure) -> Value
    ) async throws(PortalFailure) -> Value {
        var failures = 0
        var own: PortalFailure?
        while true {
            do throws(PortalFailure) {
                return try await tried(isRepeat: failures > 0, body)
            } catch {
                // The first try failed, and then the circuit opened: what the portal did says more than that.
                if error.notBefore != nil, let own { throw own }
                own = error
                failures += 1
                // What the portal says inside a good answer is a failure of this job all the same.
                if error.notBefore == nil { CallContext.notes?.failed() }
                guard isHarmless, failures < Self.tries, Self.mayPass(error), gate.mayRetry(after: error.cause) else {
                    throw error
                }
                var random = random
                let backOff = error.cause == .rateLimited ? BackOff.throttled : .call
                let computed = backOff.fullJitter(failures: failures, using: &random)
                let wait = BackOff.honouring(retryAfter: error.retryAfter, computed: computed, using: &random)
                guard ContinuousClock.now + wait < deadline else { throw error }
                do { try await pause(wait) } catch { throw PortalFailure(.internal, "cancelled") }
            }
        }
    }

    /// What the gate counts of a try it can only know from whoever makes it.
    private func tried<Value: Sendable>(
        isRepeat: Bool, _ body: () async throws(PortalFailure) -> Value
    ) async throws(PortalFailure) -> Value {
        guard isRepeat else { return try await body() }
        let result: Result<Value, PortalFailure> = await CallContext.$isRepeat.withValue(true) {
            do throws(PortalFailure) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private static func mayPass(_ failure: PortalFailure) -> Bool {
        guard failure.notBefore == nil, !failure.isOutOfTime else { return false }
        return failure.cause == .portalDown || failure.cause == .portalTimeout || failure.cause == .rateLimited
    }

    private func admit(_ family: CallFamily, deadline: ContinuousClock.Instant?) async throws(PortalFailure) {
        while true {
            switch gate.admit(family, key: CallContext.key) {
            case .go: return
            case .refused(let until):
                throw Self.heldBack(.portalDown, "the provider failed too often; it is left alone for a while", until)
            case .wait(let wait, let until):
                if let deadline, ContinuousClock.now + wait >= deadline {
                    if CallContext.notes?.isAnswered == true { throw Self.outOfTime() }
                    throw Self.heldBack(
                        .rateLimited, "our own limit of calls leaves no room before the deadline", until)
                }
                do {
                    try await pause(wait)
                } catch {
                    var failure = PortalFailure(.internal, "cancelled")
                    failure.nothingLeft = true
                    throw failure
                }
            }
        }
    }

    /// An attempt whose calls were answered until its time was over has had its turn: it counts, or an account that is too
    /// large for one attempt would be begun for ever.
    private static func outOfTime() -> PortalFailure {
        CallContext.notes?.failed()
        var failure = PortalFailure(
            .rateLimited, "the time of this attempt is used up: our own limit of calls leaves no room before its end")
        failure.isOutOfTime = true
        return failure
    }

    static func heldBack(_ cause: Cause, _ message: String, _ until: Instant) -> PortalFailure {
        CallContext.notes?.refused(until: until)
        var failure = PortalFailure(cause, message)
        failure.notBefore = until
        failure.nothingLeft = true
        return failure
    }

    private static func end(_ failure: TransportFailure) -> CallEnd {
        switch failure.kind {
        case .cancelled, .stopped, .unrecorded, .invalidRequest, .requestTooLarge, .libraryMissing, .other:
            .abandoned
        case .responseTooLarge, .garbled: .answered
        default: .failed
        }
    }
}
