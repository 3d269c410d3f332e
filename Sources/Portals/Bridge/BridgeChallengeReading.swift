import Domain
import FoundationEssentials
import Wire

/// A provider's question to a person, checked before it is shown.
enum BridgeChallengeReading {
    private static let largestImage = 1 << 20

    static func challenge(_ challenge: BridgeChallenge, job: String) -> Challenge {
        let kind: Challenge.Kind = challenge.type == "captcha" ? .captcha : .otp
        let prompt =
            challenge.prompt.map { HarmlessText.line($0) } ?? (kind == .captcha ? "Read the image" : "Enter the OTP")
        return Challenge(
            kind: kind, remoteJob: job, prompt: prompt, image: image(challenge.image),
            expiresAt: challenge.expiresAt.flatMap(WireTime.instant))
    }

    /// PNG or JPEG of at most 1 MB; anything else is no image.
    private static func image(_ text: String?) -> [UInt8]? {
        guard let text, text.utf8.count <= largestImage * 4 / 3 + 4, let data = Data(base64Encoded: text) else {
            return nil
        }
        let bytes = Array(data)
        let isPng = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
        return isPng || bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? bytes : nil
    }
}
