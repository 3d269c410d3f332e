import Domain

/// What a login asks of people, besides what to do with another session.
enum EFilingQuestion {
    /// Names the question for a one-time password, by the request id of the login that waits for it.
    static func otp(_ request: String) -> String { "\(otpPrefix)\(request)" }
    static func isOtp(_ answer: ChallengeAnswer) -> Bool { answer.remoteJob.hasPrefix(otpPrefix) }
    private static let otpPrefix = "otp:"

    static func askForOtp(_ name: String, followsRefusal: Bool) -> PortalFailure {
        let prompt = "The portal asks this user for a one-time password besides the password. Type it as it came."
        return PortalFailure(
            .otpRequired, prompt,
            challenge: Challenge(kind: .otp, remoteJob: name, prompt: prompt, followsRefusal: followsRefusal))
    }
}
