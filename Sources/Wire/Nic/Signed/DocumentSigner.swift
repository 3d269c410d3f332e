import Crypto
import CryptoExtras
import FoundationEssentials

/// Signs as an IRP does; for simulations and tests.
public struct DocumentSigner: Sendable {
    /// 40 upper-case hexadecimal digits: the SHA-1 of the public key, where NIC takes that of its certificate.
    public let keyId: String
    /// SubjectPublicKeyInfo in PEM.
    public let publicKeyPem: String
    private let key: _RSA.Signing.PrivateKey
    private let header: String

    /// - Parameter der: an RSA private key of 2048 bits or more.
    /// - Throws: `Unreadable` for anything else.
    public init(privateKey der: [UInt8]) throws(RsaCertificate.Unreadable) {
        guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: der) else {
            throw RsaCertificate.Unreadable(message: "it is no RSA private key of 2048 bits or more")
        }
        self.key = key
        publicKeyPem = key.publicKey.pemRepresentation + "\n"
        let digest = Array(Insecure.SHA1.hash(data: key.publicKey.derRepresentation))
        let digits = Array("0123456789ABCDEF".utf8)
        keyId = String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        let names = #"{"alg":"RS256","kid":"\#(keyId)","x5t":"\#(Base64Url.text(digest))","typ":"JWT"}"#
        header = Base64Url.text(Array(names.utf8))
    }

    /// - Returns: the compact JWS; nil when the library cannot sign.
    public func token(of data: [UInt8], issuer: String) -> String? {
        var payload = Array(#"{"data":"#.utf8)
        JSONText.append(quoted: data, to: &payload)
        payload += Array(#","iss":"#.utf8)
        JSONText.append(quoted: issuer.utf8, to: &payload)
        payload.append(UInt8(ascii: "}"))
        let signed = "\(header).\(Base64Url.text(payload))"
        let digest = SHA256.hash(data: Data(signed.utf8))
        guard let signature = try? key.signature(for: digest, padding: .insecurePKCS1v1_5) else { return nil }
        return "\(signed).\(Base64Url.text([UInt8](signature.rawRepresentation)))"
    }
}
