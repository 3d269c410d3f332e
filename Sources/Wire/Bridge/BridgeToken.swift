/// `POST /v1/token`: client id and secret against an opaque bearer token.
public struct BridgeTokenRequest: WirePayload {
    public var grantType: String
    public var clientId: String
    public var clientSecret: String

    public init(grantType: String = "client_credentials", clientId: String, clientSecret: String) {
        self.grantType = grantType
        self.clientId = clientId
        self.clientSecret = clientSecret
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case grantType = "grant_type"
        case clientId = "client_id"
        case clientSecret = "client_secret"
    }

    public static let fieldNames: Set<String> = CodingKeys.names

    /// The request's bytes, without the secret ever being a `String`. The caller wipes them.
    public static func bytes(clientId: String, secret: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes = Array(#"{"grant_type":"client_credentials","client_id":"#.utf8)
        bytes.reserveCapacity(bytes.count + clientId.utf8.count + 6 * secret.count + 32)
        JSONText.append(quoted: clientId.utf8, to: &bytes)
        bytes += Array(#","client_secret":"#.utf8)
        JSONText.append(quoted: secret, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

public struct BridgeToken: WirePayload {
    public var accessToken: String
    public var tokenType: String
    /// Seconds, up to `Bridge.Limit.tokenLife`.
    public var expiresIn: Int

    public init(accessToken: String, tokenType: String = "Bearer", expiresIn: Int) {
        self.accessToken = accessToken
        self.tokenType = tokenType
        self.expiresIn = expiresIn
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
    }

    public static let fieldNames: Set<String> = CodingKeys.names
}
