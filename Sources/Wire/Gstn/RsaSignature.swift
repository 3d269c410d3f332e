import CryptoExtras
import FoundationEssentials

/// RSA signatures over SHA-256 with PKCS#1 v1.5 padding, as some GSPs want one with each call (facts: gstn-taxpayer 12).
public enum RsaSignature {
    /// - Parameter key: the private key, as PEM or as the base64 of its DER.
    /// - Returns: nil when the key cannot be used.
    public static func sha256(of bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
        let text = String(decoding: key, as: UTF8.self)
        let signer =
            (try? _RSA.Signing.PrivateKey(pemRepresentation: text))
            ?? Base64.bytes(text).flatMap { try? _RSA.Signing.PrivateKey(derRepresentation: $0) }
        let signature = try? signer?.signature(for: Data(bytes), padding: .insecurePKCS1v1_5)
        return signature.map { [UInt8]($0.rawRepresentation) }
    }
}
