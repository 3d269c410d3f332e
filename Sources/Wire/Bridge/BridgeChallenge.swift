/// A captcha or OTP that waits for a person.
public struct BridgeChallenge: WirePayload {
    /// `captcha` or `otp`.
    public var type: String
    public var prompt: String?
    /// Base64 of a PNG or JPEG.
    public var image: String?
    public var expiresAt: String?

    public init(type: String, prompt: String? = nil, image: String? = nil, expiresAt: String? = nil) {
        self.type = type
        self.prompt = prompt
        self.image = image
        self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case type, prompt, image
        case expiresAt = "expires_at"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

/// `POST /v1/jobs/{id}/challenge`: what the person typed.
public struct BridgeChallengeAnswer: WirePayload {
    public var answer: String

    public init(answer: String) { self.answer = answer }

    enum CodingKeys: String, CodingKey, CaseIterable { case answer }
    public static let fieldNames: Set<String> = CodingKeys.names
}
