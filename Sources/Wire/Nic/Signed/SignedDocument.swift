import Crypto
import CryptoExtras
import Domain
import FoundationEssentials

/// A signed invoice or signed QR text of an IRP: a compact JWS under RS256 whose payload is
/// `{"data":"<JSON as text>","iss":"NIC"}` (facts: nic-einvoice-ewb 5). A value of this type was verified.
public struct SignedDocument: Sendable, Hashable {
    /// nil where the text names no key.
    public let keyId: String?
    public let issuer: String
    /// The JSON inside, exactly as it was signed.
    public let data: [UInt8]
    let fields: NicFields

    /// Verifies a token with the key that its `kid` names among the caller's.
    ///
    /// - Throws: `SignatureProblem`, naming the first thing that is wrong.
    public init(verifying token: String, keys: SignatureKeys) throws(SignatureProblem) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .parts(parts.count) }
        guard let header = Base64Url.bytes(parts[0]) else { throw .base64(.header) }
        guard let payload = Base64Url.bytes(parts[1]) else { throw .base64(.payload) }
        guard let signature = Base64Url.bytes(parts[2]) else { throw .base64(.signature) }
        let id = try Self.named(header)
        let known = id.map { keys[$0] } ?? keys.forUnnamed
        guard let key = known else {
            guard let id else { throw .noKeyId }
            throw .unknownKey(id)
        }
        let digest = SHA256.hash(data: Data("\(parts[0]).\(parts[1])".utf8))
        let read = _RSA.Signing.RSASignature(rawRepresentation: signature)
        guard key.publicKey.isValidSignature(read, for: digest, padding: .insecurePKCS1v1_5) else { throw .signature }
        guard case .object(let claims)? = try? JSONValue(payload), let text = claims["data"]?.text,
            let issuer = claims["iss"]?.text, let fields = try? NicFields(Array(text.utf8))
        else { throw .payload }
        if let expected = key.issuer, expected != issuer { throw .issuer(issuer) }
        keyId = id
        self.issuer = issuer
        data = Array(text.utf8)
        self.fields = fields
        guard key.from != nil || key.until != nil else { return }
        guard let day = fields.instant("AckDt", "IrnDt").map(LegalDate.inIndia) else { throw .payload }
        if key.from.map({ day < $0 }) ?? false || key.until.map({ day > $0 }) ?? false { throw .outOfTime(day) }
    }

    /// The key that a token says it was signed with. Nothing is verified: a key is not trusted because it is named.
    ///
    /// - Throws: `SignatureProblem` when it is no token, or names none.
    public static func keyId(of token: String) throws(SignatureProblem) -> String {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .parts(parts.count) }
        guard let header = Base64Url.bytes(parts[0]) else { throw .base64(.header) }
        return try keyId(header)
    }

    /// The names of a JWS header are exact: another case is another name (RFC 7515, section 4).
    private static func keyId(_ header: [UInt8]) throws(SignatureProblem) -> String {
        guard let id = try named(header) else { throw .noKeyId }
        return id
    }

    /// nil where it names none; everything else has to be as it must.
    private static func named(_ header: [UInt8]) throws(SignatureProblem) -> String? {
        guard case .object(let names)? = try? JSONValue(header), names["crit"] == nil else { throw .header }
        guard let algorithm = names["alg"]?.text else { throw .header }
        guard algorithm == "RS256" else { throw .algorithm(algorithm) }
        guard let id = names["kid"]?.text, !id.isEmpty else { return nil }
        return id
    }
}
