import Crypto

/// What is sealed under the keys of a session with NIC: AES-ECB, no IV, no HMAC on requests
/// (facts: nic-einvoice-ewb 1.2, 1.5, 1.7).
public enum NicKeys {
    public typealias Refused = AesEcb.Refused

    /// Bytes of an app key that we make, of the session key (SEK) and of an answer's key (REK).
    public static let size = GstnKeys.size
    /// Lengths of app key that NIC takes: it uses whatever the base64 decodes to.
    public static let appKeySizes: Set<Int> = [16, 24, 32]

    /// The SEK under the app key of the login that answered it, or a REK under the SEK.
    public static func open(_ text: String, under key: SymmetricKey) throws(Refused) -> SymmetricKey {
        try GstnKeys.open(text, under: key)
    }

    public static func wrapped(_ key: SymmetricKey, under other: SymmetricKey) throws(Refused) -> String {
        try GstnKeys.sealed(key, under: other)
    }

    /// JSON as the `Data` of a request or an answer.
    public static func sealed(_ json: [UInt8], under sek: SymmetricKey) throws(Refused) -> String {
        Base64.text(try AesEcb.encrypt(json, key: sek))
    }

    /// The JSON of a `Data`.
    public static func opened(_ data: String, under sek: SymmetricKey) throws(Refused) -> [UInt8] {
        guard let bytes = Base64.bytes(data) else { throw Refused() }
        return try AesEcb.decrypt(bytes, key: sek)
    }

    /// The HMAC that EWB sets beside an answer under a REK: over the base64 text of its JSON. Not verified against NIC
    /// itself, so a difference is for a warning (facts: nic-einvoice-ewb 1.7, 10).
    public static func hmac(_ json: [UInt8], rek: SymmetricKey) -> String {
        Base64.text(Array(HMAC<SHA256>.authenticationCode(for: Array(Base64.text(json).utf8), using: rek)))
    }
}

/// The bodies of writes that are sealed under the SEK.
public enum NicRequest {
    /// For an IRP: `{"Data":…}`.
    public static func body(_ json: [UInt8], under sek: SymmetricKey) throws(NicKeys.Refused) -> [UInt8] {
        Array(#"{"Data":"\#(try NicKeys.sealed(json, under: sek))"}"#.utf8)
    }

    /// For `ewayapi`: `{"action":…,"data":…}`.
    public static func body(
        _ action: Nic.Action, _ json: [UInt8], under sek: SymmetricKey
    ) throws(NicKeys.Refused) -> [UInt8] {
        Array(#"{"action":"\#(action.rawValue)","data":"\#(try NicKeys.sealed(json, under: sek))"}"#.utf8)
    }
}
