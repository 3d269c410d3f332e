import Domain
import Secrets
import Transport
import Wire

/// From what the e-filing portal says to the desk's own vocabulary.
enum EFilingFailure {
    /// An answer that is not a success.
    static func from(_ response: HTTPResponse, _ call: EFilingCaller.Call) -> PortalFailure {
        let cause: Cause =
            switch response.status {
            // The login itself needs no session: being turned away there is no statement about the password.
            case 300...399, 401, 403: call.isLogin ? .portalDown : .sessionExpired
            case 404: .placeFailed
            case 408, 504: .portalTimeout
            case 429: .rateLimited
            case 500...599: .portalDown
            default: .portalChanged
            }
        let said = call.isLogin ? "" : ": \(RawHead.line(response.body))"
        var failure = PortalFailure(cause, "\(call.name) was answered \(response.status)\(said)")
        failure.retryAfter = response.retryAfter
        failure.isAnswer = true
        failure.isPortalsOwn = EFilingMessages.areIn(response.body)
        return failure
    }

    /// What the messages of an answer say against it; nil when nothing. Codes count, whatever type stands beside them.
    static func from(_ messages: [EFilingMessage]?, _ call: EFilingCaller.Call, hiding secret: SecretBytes? = nil)
        -> PortalFailure?
    {
        for message in messages ?? [] {
            guard let cause = cause(of: message, call) else { continue }
            let code = message.code.map { HarmlessText.line($0, limit: 40) }
            var failure = PortalFailure(cause, text(message, hiding: secret), portalCode: code)
            (failure.isAnswer, failure.isPortalsOwn) = (true, true)
            if message.known == .otpLimit || message.known == .otpLimitReached { failure.retryAfter = .seconds(3_600) }
            return failure
        }
        return nil
    }

    private static func cause(of message: EFilingMessage, _ call: EFilingCaller.Call) -> Cause? {
        switch message.known {
        case .wrongPassword: return .wrongPassword
        case .alreadyLoggedIn: return .dualSession
        case .unknownUser: return .notRegistered
        case .notAuthenticated: return .sessionExpired
        case .wrongMobileOtp, .wrongMailOtp, .wrongAadhaarOtp, .otpExpired: return .otpRequired
        case .panInactive, .panNotLinked: return .accountProblem
        // The limit of one-time passwords, which passes by itself; seen in the interface for filing alone (facts:
        // income-tax-traces 3.3).
        case .otpLimit, .otpLimitReached: return .rateLimited
        case .success, .contactInvalid, .passwordChanged: return nil
        case nil: break
        }
        if call.isLogin, (message.desc ?? "").uppercased().contains("LOCKED") { return .locked }
        guard message.isError else { return nil }
        return call.isLogin ? .portalChanged : .placeFailed
    }

    /// The portal's own words, unless they repeat the password.
    private static func text(_ message: EFilingMessage, hiding secret: SecretBytes?) -> String {
        let said = message.desc ?? ""
        let repeats =
            secret.map { $0.withBytes { !$0.isEmpty && Array(said.utf8).holds($0) } } ?? false
        return said.isEmpty || repeats ? "the portal gave a code without words" : HarmlessText.line(said)
    }
}

extension Array where Element == UInt8 {
    /// Whether `part` stands anywhere in it.
    fileprivate func holds(_ part: UnsafeRawBufferPointer) -> Bool {
        guard count >= part.count else { return false }
        return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
