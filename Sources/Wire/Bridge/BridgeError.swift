/// The body of every answer that is not a success.
public struct BridgeErrorBody: WirePayload {
    public var error: BridgeError

    public init(error: BridgeError) { self.error = error }

    enum CodingKeys: String, CodingKey, CaseIterable { case error }
    public static let fieldNames: Set<String> = CodingKeys.names.union(BridgeError.fieldNames)
}

/// What went wrong, also inside the place list of a job.
public struct BridgeError: WirePayload, Error {
    /// A name of `BridgeErrorCode`; kept as text because a newer provider may know more.
    public var code: String
    public var message: String?
    /// The portal's own code, such as EF00027.
    public var portalCode: String?
    public var retryable: Bool?
    public var retryAfterSeconds: Int?
    public var traceId: String?
    /// Only with `otp_required` and `captcha_required`.
    public var challenge: BridgeChallenge?

    public init(
        code: String, message: String? = nil, portalCode: String? = nil, retryable: Bool? = nil,
        retryAfterSeconds: Int? = nil, traceId: String? = nil, challenge: BridgeChallenge? = nil
    ) {
        self.code = code
        self.message = message
        self.portalCode = portalCode
        self.retryable = retryable
        self.retryAfterSeconds = retryAfterSeconds
        self.traceId = traceId
        self.challenge = challenge
    }

    public init(_ code: BridgeErrorCode, _ message: String, portalCode: String? = nil, retryAfterSeconds: Int? = nil) {
        self.init(
            code: code.rawValue, message: message, portalCode: portalCode, retryable: code.isRetryable,
            retryAfterSeconds: retryAfterSeconds)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case code, message, retryable, challenge
        case portalCode = "portal_code"
        case retryAfterSeconds = "retry_after_s"
        case traceId = "trace_id"
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(BridgeChallenge.fieldNames)

    /// nil when the provider uses a code that this version does not know.
    public var knownCode: BridgeErrorCode? { BridgeErrorCode(rawValue: code) }
}
