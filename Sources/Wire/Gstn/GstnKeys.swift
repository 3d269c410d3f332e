import Crypto
import FoundationEssentials

/// The keys of one session with GSTN, and what is sealed under them (facts: gstn-taxpayer 1.4).
public enum GstnKeys {
    public typealias Refused = AesEcb.Refused

    /// Bytes of the app key, the session key (SEK) and an answer's key (REK).
    public static let size = 32

    /// What goes to the server in place of the app key at OTPREQUEST and AUTHTOKEN.
    public static func wrapped(_ appKey: SymmetricKey, for certificate: RsaCertificate) throws(Refused) -> String {
        guard let sealed = certificate.encrypt(appKey.withUnsafeBytes(Array.init)) else { throw Refused() }
        return Base64.text(sealed)
    }

    /// The OTP as AUTHTOKEN carries it.
    public static func sealed(otp: String, under appKey: SymmetricKey) throws(Refused) -> String {
        Base64.text(try AesEcb.encrypt(Array(otp.utf8), key: appKey))
    }

    /// A key under another: the SEK under the app key, an app key under the SEK at REFRESHTOKEN, a REK under the SEK.
    public static func sealed(_ key: SymmetricKey, under other: SymmetricKey) throws(Refused) -> String {
        Base64.text(try AesEcb.encrypt(key.withUnsafeBytes(Array.init), key: other))
    }

    public static func open(_ text: String, under key: SymmetricKey) throws(Refused) -> SymmetricKey {
        guard let bytes = Base64.bytes(text) else { throw Refused() }
        let opened = try AesEcb.decrypt(bytes, key: key)
        guard opened.count == size else { throw Refused() }
        return SymmetricKey(data: opened)
    }
}

/// The sealed form of a JSON payload on GSTN's wire: base64 twice, with an HMAC over the inner text.
public struct GstnSealed: Sendable, Hashable {
    public var data: String
    public var hmac: String

    public init(data: String, hmac: String) {
        self.data = data
        self.hmac = hmac
    }

    public init(_ json: [UInt8], key: SymmetricKey) throws(GstnKeys.Refused) {
        let text = Array(Base64.text(json).utf8)
        data = Base64.text(try AesEcb.encrypt(text, key: key))
        hmac = Base64.text(Array(HMAC<SHA256>.authenticationCode(for: text, using: key)))
    }

    /// - Returns: the JSON.
    /// - Throws: when the key, the data or the HMAC do not belong together.
    public func opened(key: SymmetricKey) throws(GstnKeys.Refused) -> [UInt8] {
        guard let sealed = Base64.bytes(data), let code = Base64.bytes(hmac) else { throw GstnKeys.Refused() }
        let text = try AesEcb.decrypt(sealed, key: key)
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: text, using: key),
            let json = Base64.bytes(String(decoding: text, as: UTF8.self))
        else { throw GstnKeys.Refused() }
        return json
    }
}

/// Base64 as these wires write it: standard alphabet, padded, no line breaks.
public enum Base64 {
    public static func text(_ bytes: some Collection<UInt8>) -> String { Data(bytes).base64EncodedString() }
    public static func bytes(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { [UInt8]($0) } }
}
