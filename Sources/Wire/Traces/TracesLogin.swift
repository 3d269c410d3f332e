/// Answer of `generateCaptcha`: six letters and digits of either case, to be read by a person.
public struct TracesCaptcha: WirePayload {
    /// Base64 of the picture.
    public var image: String
    public var id: String

    public init(image: String, id: String) {
        self.image = image
        self.id = id
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case image, id }
    public static let fieldNames: Set<String> = CodingKeys.names
}

/// Body of the login. The client writes it with `bytes`, so that the password never is a `String`.
public struct TracesLoginRequest: WirePayload {
    /// The TAN.
    public var userId: String
    /// `Deductor`.
    public var userType: String
    /// Empty for the main user.
    public var subUserPanId: String
    public var password: String
    public var captcha: String
    public var captchaId: String
    /// Only where the portal asked for one. Its name, and that it goes out here, is assumed.
    public var otp: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case userId, userType, subUserPanId, password, captcha, captchaId, otp
    }

    public static let fieldNames: Set<String> = CodingKeys.names

    /// The request's bytes; the caller wipes them.
    public static func bytes(
        tan: String, password: UnsafeRawBufferPointer, captcha: String, captchaId: String, otp: String? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        // Room for the worst case at once: a buffer that grows leaves copies of the password behind.
        bytes.reserveCapacity(
            6 * (tan.utf8.count + password.count + captcha.utf8.count + captchaId.utf8.count + (otp?.utf8.count ?? 0))
                + 180)
        bytes += Array(#"{"userId":"#.utf8)
        JSONText.append(quoted: tan.utf8, to: &bytes)
        bytes += Array(#","userType":"Deductor","subUserPanId":"","password":"#.utf8)
        JSONText.append(quoted: password, to: &bytes)
        bytes += Array(#","captcha":"#.utf8)
        JSONText.append(quoted: captcha.utf8, to: &bytes)
        bytes += Array(#","captchaId":"#.utf8)
        JSONText.append(quoted: captchaId.utf8, to: &bytes)
        if let otp {
            bytes += Array(#","otp":"#.utf8)
            JSONText.append(quoted: otp.utf8, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

/// A login that succeeded (HTTP 200).
public struct TracesLoginAnswer: WirePayload {
    public struct Tokens: Sendable, Hashable, Codable {
        /// A JWT. Its content is the portal's own business; it is passed on as it is.
        public var accessToken: String
        public var refreshToken: String

        public init(accessToken: String, refreshToken: String) {
            self.accessToken = accessToken
            self.refreshToken = refreshToken
        }

        enum CodingKeys: String, CodingKey, CaseIterable { case accessToken, refreshToken }
    }

    public var authTokenDto: Tokens

    public init(_ tokens: Tokens) { authTokenDto = tokens }

    enum CodingKeys: String, CodingKey, CaseIterable { case authTokenDto }
    public static let fieldNames: Set<String> = CodingKeys.names.union(Tokens.CodingKeys.names)
}

/// A login that was refused: any other status than 200, the reason in words only.
public struct TracesRefusal: WirePayload {
    public var message: String

    public init(message: String) { self.message = message }

    enum CodingKeys: String, CodingKey, CaseIterable { case message }
    public static let fieldNames: Set<String> = CodingKeys.names
}
