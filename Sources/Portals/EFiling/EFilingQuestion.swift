import Domain

/// What a login asks of people, and what their answers mean.
enum EFilingQuestion {
    /// Names the question about another session.
    static let otherSession = "other-session"

    /// Names the question for a one-time password, by the request id of the login that waits for it.
    static func otp(_ request: String) -> String { "\(otpPrefix)\(request)" }
    static func isOtp(_ answer: ChallengeAnswer) -> Bool { answer.remoteJob.hasPrefix(otpPrefix) }
    private static let otpPrefix = "otp:"

    static func askAboutOtherSession(_ refusal: PortalFailure?, followsRefusal: Bool = false) -> PortalFailure {
        let said = refusal.map { " (\($0.message))" } ?? ""
        let prompt =
            "Somebody is logged in with this account now\(said). Type continue to end their session and go on, or leave to"
            + " leave them alone."
        return PortalFailure(
            .dualSession, prompt, portalCode: refusal?.portalCode,
            challenge: Challenge(
                kind: .choice, remoteJob: otherSession, prompt: prompt, followsRefusal: followsRefusal))
    }

    /// Whether a person wants another session ended.
    ///
    /// - Throws: when they want it left alone, which ends the job; the question again for an answer that is neither. Both
    ///   before the portal is asked anything.
    static func endsOtherSession(_ answer: ChallengeAnswer?) throws(PortalFailure) -> Bool {
        guard let answer, answer.remoteJob == otherSession else { return false }
        switch answer.text.lowercased() {
        case "continue", "c", "yes", "y": return true
        case "leave", "l", "no", "n":
            var failure = PortalFailure(.dualSession, "the other session was left alone, as a person said")
            failure.isFinal = true
            throw failure
        default: throw askAboutOtherSession(nil, followsRefusal: true)
        }
    }

    static func askForOtp(_ name: String, followsRefusal: Bool) -> PortalFailure {
        let prompt = "The portal asks this user for a one-time password besides the password. Type it as it came."
        return PortalFailure(
            .otpRequired, prompt,
            challenge: Challenge(kind: .otp, remoteJob: name, prompt: prompt, followsRefusal: followsRefusal))
    }
}
