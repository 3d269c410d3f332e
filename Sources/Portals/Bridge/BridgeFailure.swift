import Domain
import Transport
import Wire

/// From what went wrong on the wire to the desk's own vocabulary.
enum BridgeFailure {
    /// - Parameter changes: whether the call changes something at the provider, so that "sent" matters.
    static func from(_ failure: TransportFailure, changes: Bool) -> PortalFailure {
        let cause: Cause =
            switch failure.kind {
            case .libraryMissing, .invalidRequest, .requestTooLarge, .cancelled, .stopped, .unrecorded, .other:
                .internal
            case .nameNotFound, .connectFailed, .proxyRefused, .tlsFailed, .noAnswer, .cutShort, .repeatRefused:
                .portalDown
            case .certificateRejected: .providerAuth
            case .timedOut: .portalTimeout
            case .garbled, .responseTooLarge: .portalChanged
            }
        let what = failure.evidence == .notSent ? "nothing was sent" : "no usable answer"
        var made = PortalFailure(
            cause, HarmlessText.line("\(what): \(failure.words)"),
            mayHaveBeenSent: changes && failure.evidence != .notSent)
        made.isUnrecorded = failure.kind == .unrecorded
        return made
    }

    /// An answer that is not a success.
    static func from(_ response: HTTPResponse, job: String = "") -> PortalFailure {
        guard let error = try? WireJSON.decode(BridgeErrorBody.self, from: response.body).payload.error else {
            return unknownShape(response)
        }
        var failure = from(error, job: job)
        failure.retryAfter = failure.retryAfter ?? response.retryAfter
        return failure
    }

    /// The error of an answer, of a job, or of one place.
    static func from(_ error: BridgeError, job: String = "") -> PortalFailure {
        let cause = cause(of: error)
        // Of a code without words only one that is not known here stands for itself.
        let word = error.knownCode == nil ? error.code : cause.title
        var failure = PortalFailure(
            cause, HarmlessText.line(error.message ?? word),
            portalCode: error.portalCode.map { HarmlessText.line($0, limit: 40) })
        failure.bridgeCode = error.knownCode
        if let seconds = error.retryAfterSeconds, seconds > 0 { failure.retryAfter = .seconds(min(seconds, 86_400)) }
        if let challenge = error.challenge { failure.challenge = BridgeChallengeReading.challenge(challenge, job: job) }
        return failure
    }

    private static func cause(of error: BridgeError) -> Cause {
        guard let code = error.knownCode else {
            // A newer provider may know more codes; whether to try again it says itself.
            return error.retryable == true ? .portalDown : .portalChanged
        }
        if code == .conflict, error.retryable == true { return .portalDown }
        return code.cause
    }

    /// An answer without the contract's error body: a proxy, a load balancer, or a provider that changed.
    private static func unknownShape(_ response: HTTPResponse) -> PortalFailure {
        from(statusOf: response, saying: ": \(RawHead.line(response.body))")
    }

    /// What the status alone says of an answer whose body is not to be told.
    static func from(statusOf response: HTTPResponse, saying more: String = "") -> PortalFailure {
        var failure = PortalFailure(cause(ofStatus: response.status), "the provider answered \(response.status)\(more)")
        failure.retryAfter = response.retryAfter
        return failure
    }

    static func cause(ofStatus status: Int) -> Cause {
        switch status {
        case 401, 403, 407: .providerAuth
        case 408, 504: .portalTimeout
        case 429: .rateLimited
        case 500...599: .portalDown
        default: .portalChanged
        }
    }
}

/// The beginning of an answer that is not understood, safe to keep in a log.
enum RawHead {
    static func line(_ body: [UInt8]) -> String {
        body.isEmpty ? "(no body)" : HarmlessText.line(String(decoding: body.prefix(300), as: UTF8.self), limit: 200)
    }

    static func block(_ body: [UInt8]) -> String {
        HarmlessText.block(String(decoding: body.prefix(4_096), as: UTF8.self), limit: 4_096)
    }
}
