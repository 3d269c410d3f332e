import Crypto

/// The body of a login at NIC: JSON, as base64 text, sealed by RSA for NIC's key, as base64 in `Data`
/// (facts: nic-einvoice-ewb 1.2, 1.6).
public enum NicLogin {
    /// Why a login cannot be sealed.
    public enum Problem: Error, Sendable, Hashable {
        /// User name and password are too long for NIC's key.
        case tooLong(bytes: Int, most: Int)
        case refused
    }

    /// What an IRP is asked for. The password's bytes never become a `String`.
    public static func body(
        userName: String, password: some Sequence<UInt8>, appKey: SymmetricKey, forceRefresh: Bool,
        for key: RsaCertificate
    ) throws(Problem) -> [UInt8] {
        var json = Array(#"{"UserName":"#.utf8)
        JSONText.append(quoted: userName.utf8, to: &json)
        json += Array(#","Password":"#.utf8)
        JSONText.append(quoted: password, to: &json)
        json += Array(#","AppKey":"\#(text(appKey))","ForceRefreshAccessToken":\#(forceRefresh)}"#.utf8)
        return try sealed(json, for: key)
    }

    /// What the EWB system is asked for.
    public static func ewbBody(
        userName: String, password: some Sequence<UInt8>, appKey: SymmetricKey, for key: RsaCertificate
    ) throws(Problem) -> [UInt8] {
        var json = Array(#"{"action":"\#(Nic.Action.login.rawValue)","username":"#.utf8)
        JSONText.append(quoted: userName.utf8, to: &json)
        json += Array(#","password":"#.utf8)
        JSONText.append(quoted: password, to: &json)
        json += Array(#","app_key":"\#(text(appKey))"}"#.utf8)
        return try sealed(json, for: key)
    }

    /// Any login's JSON as the body of the request.
    /// - Throws: `tooLong` for more than 183 bytes, before anything is sealed.
    public static func sealed(_ json: [UInt8], for key: RsaCertificate) throws(Problem) -> [UInt8] {
        guard json.count <= Nic.longestLogin else { throw .tooLong(bytes: json.count, most: Nic.longestLogin) }
        guard let sealed = key.encrypt(Array(Base64.text(json).utf8)) else { throw .refused }
        return Array(#"{"Data":"\#(Base64.text(sealed))"}"#.utf8)
    }

    private static func text(_ key: SymmetricKey) -> String { Base64.text(key.withUnsafeBytes(Array.init)) }
}
