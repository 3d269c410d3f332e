import Domain
import Wire

/// A provider's question to a person, checked before it is shown.
enum BridgeChallengeReading {
    static func challenge(_ challenge: BridgeChallenge, job: String) -> Challenge {
        let kind: Challenge.Kind = challenge.type == "captcha" ? .captcha : .otp
        let prompt =
            challenge.prompt.map { HarmlessText.line($0) } ?? (kind == .captcha ? "Read the image" : "Enter the OTP")
        return Challenge(
            kind: kind, remoteJob: job, prompt: prompt, image: CaptchaPicture.bytes(base64: challenge.image),
            expiresAt: challenge.expiresAt.flatMap(WireTime.instant))
    }
}
