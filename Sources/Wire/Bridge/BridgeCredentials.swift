/// `PUT /v1/credentials/{portal}/{identity}`: write-only, never readable again.
public struct BridgeCredentials: WirePayload {
    public var username: String
    public var password: String

    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case username, password }
    public static let fieldNames: Set<String> = CodingKeys.names

    /// The request's bytes, without the password ever being a `String`. The caller wipes them.
    public static func bytes(username: String, password: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes = Array(#"{"username":"#.utf8)
        bytes.reserveCapacity(bytes.count + 6 * (username.utf8.count + password.count) + 32)
        JSONText.append(quoted: username.utf8, to: &bytes)
        bytes += Array(#","password":"#.utf8)
        JSONText.append(quoted: password, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

/// Answer of `POST /v1/credentials/{portal}/{identity}/verify`: what the portal said to exactly one login attempt.
/// A refusal comes as `BridgeError`.
public struct BridgeVerification: WirePayload {
    /// `verified`, or the name of a refusal (facts: income-tax-traces section 10).
    public var outcome: String
    public var portalCode: String?
    public var message: String?
    public var checkedAt: String

    public init(outcome: String, portalCode: String? = nil, message: String? = nil, checkedAt: String) {
        self.outcome = outcome
        self.portalCode = portalCode
        self.message = message
        self.checkedAt = checkedAt
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case outcome
        case portalCode = "portal_code"
        case message
        case checkedAt = "checked_at"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}

/// Body of `POST /v1/credentials/{portal}/{identity}/verify`.
public struct BridgeVerifyRequest: WirePayload {
    /// As in `BridgeJobRequest`.
    public var dualSession: String?

    public init(dualSession: String? = nil) { self.dualSession = dualSession }

    enum CodingKeys: String, CodingKey, CaseIterable { case dualSession = "dual_session" }
    public static let fieldNames: Set<String> = CodingKeys.names
}
