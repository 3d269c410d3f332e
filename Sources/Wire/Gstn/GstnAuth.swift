/// The body of all calls of `authenticate`.
public struct GstnAuthRequest: WirePayload {
    public var action: String
    public var appKey: String?
    public var username: String
    public var otp: String?
    public var authToken: String?

    public init(action: String, username: String, appKey: String? = nil, otp: String? = nil, authToken: String? = nil) {
        self.action = action
        self.username = username
        self.appKey = appKey
        self.otp = otp
        self.authToken = authToken
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case action, username, otp
        case appKey = "app_key"
        case authToken = "auth_token"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

/// Every answer of GSTN: of the authentication family with plain members, of all others with sealed data.
public struct GstnAnswer: WirePayload {
    public struct Failure: WirePayload {
        public var message: String?
        public var code: String?

        public init(message: String?, code: String?) {
            self.message = message
            self.code = code
        }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case message
            case code = "error_cd"
        }

        public static let fieldNames: Set<String> = CodingKeys.names
    }

    /// `"0"` is a failure; a text in most answers, a number in some.
    public var status: String
    public var authToken: String?
    /// Minutes.
    public var expiry: Int?
    public var sek: String?
    public var data: String?
    public var rek: String?
    public var hmac: String?
    public var error: Failure?

    public init(status: String) { self.status = status }

    public var isFailure: Bool { status == "0" || error?.code != nil }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case expiry, sek, data, rek, hmac, error
        case status = "status_cd"
        case authToken = "auth_token"
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(Failure.fieldNames)

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        status = try box.decode(LooseText.self, forKey: .status).text
        authToken = try box.decodeIfPresent(String.self, forKey: .authToken)
        expiry = try box.decodeIfPresent(LooseText.self, forKey: .expiry).flatMap { Int($0.text) }
        sek = try box.decodeIfPresent(String.self, forKey: .sek)
        data = try box.decodeIfPresent(String.self, forKey: .data)
        rek = try box.decodeIfPresent(String.self, forKey: .rek)
        hmac = try box.decodeIfPresent(String.self, forKey: .hmac)
        error = try box.decodeIfPresent(Failure.self, forKey: .error)
    }
}
