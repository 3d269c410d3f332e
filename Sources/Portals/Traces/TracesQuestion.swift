import Domain

/// What TRACES asks of people besides captchas: one-time passwords, at a login or when a file is asked for.
///
/// That some users are asked is known, how the portal takes the answer is not (facts: income-tax-traces 5.2): it goes out
/// with what was refused for want of it, in a field of its own.
enum TracesQuestion {
    /// Names the question of a login by the captcha that it began with, and by how often it was asked.
    static func name(ofLogin captcha: ChallengeAnswer, asked times: Int) -> String {
        "\(loginPrefix)\(times):\(captcha.remoteJob)"
    }

    static func isOtpOfLogin(_ answer: ChallengeAnswer) -> Bool { answer.remoteJob.hasPrefix(loginPrefix) }
    static func isOtpOfRequest(_ answer: ChallengeAnswer) -> Bool { answer.remoteJob.hasPrefix(requestPrefix) }
    static func isOtp(_ answer: ChallengeAnswer, ofRequest id: Int64) -> Bool {
        answer.remoteJob == "\(requestPrefix)\(id)"
    }

    static func askForOtp(_ name: String, _ said: String, followsRefusal: Bool) -> PortalFailure {
        ask(name, "TRACES asks this user for a one-time password (\(said)). Type it as it came.", followsRefusal)
    }

    static func askForOtp(ofRequest id: Int64, _ what: String) -> PortalFailure {
        ask(
            "\(requestPrefix)\(id)",
            "TRACES asks for a one-time password before it makes a \(what). Type it as it came.",
            false)
    }

    /// Whether a page wants a one-time password, and does not only speak of one.
    static func asksForOtp(_ page: [UInt8]) -> Bool {
        let text = TracesAsking.words(page).lowercased()
        let speaks = ["otp", "one time password", "one-time password"].contains { text.contains($0) }
        return speaks && ["enter", "sent", "required"].contains { text.contains($0) }
    }

    private static let loginPrefix = "otp:"
    private static let requestPrefix = "request-otp:"

    private static func ask(_ name: String, _ prompt: String, _ followsRefusal: Bool) -> PortalFailure {
        PortalFailure(
            .otpRequired, prompt,
            challenge: Challenge(kind: .otp, remoteJob: name, prompt: prompt, followsRefusal: followsRefusal))
    }
}
