import CryptoExtras
import Domain
import FoundationEssentials
import SwiftASN1

/// The public half of a portal's RSA key, from a certificate or a bare public key in PEM.
public struct RsaCertificate: Sendable, Hashable {
    public struct Unreadable: Error, Sendable, Hashable {
        public var message: String
    }

    /// SubjectPublicKeyInfo, DER.
    public let publicKey: [UInt8]
    /// The day after which a certificate is void; nil for a bare key, which has none.
    public let notAfter: LegalDate?

    /// - Throws: `Unreadable`, saying what the text is not.
    public init(pem: String) throws(Unreadable) {
        let document: PEMDocument
        do {
            document = try PEMDocument(pemString: pem)
        } catch {
            throw Unreadable(message: "it is no PEM file")
        }
        switch document.discriminator {
        case "PUBLIC KEY": (publicKey, notAfter) = (Array(document.derBytes), nil)
        case "CERTIFICATE":
            do {
                let parts = try Self.parts(Array(document.derBytes))
                (publicKey, notAfter) = (parts.key, parts.notAfter)
            } catch {
                throw Unreadable(message: "the certificate cannot be read")
            }
        default: throw Unreadable(message: "it holds neither a certificate nor a public key")
        }
        // A key that cannot be used is better refused now than at the first login.
        guard (try? _RSA.Encryption.PublicKey(derRepresentation: publicKey)) != nil else {
            throw Unreadable(message: "it holds no RSA key of 2048 bits or more")
        }
    }

    /// RSA with PKCS#1 v1.5 padding: weak, and what the government's wires ask for.
    ///
    /// - Returns: nil for more bytes than the key can hold (245 at 2048 bits).
    public func encrypt(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        guard let key = try? _RSA.Encryption.PublicKey(derRepresentation: publicKey),
            let sealed = try? key.encrypt(Data(bytes), padding: ._WEAK_AND_INSECURE_PKCS_V1_5)
        else { return nil }
        return [UInt8](sealed)
    }

    /// Of X.509's outer sequence the first element: version, serial, algorithm, issuer, validity, subject, key, rest.
    private static func parts(_ der: [UInt8]) throws -> (key: [UInt8], notAfter: LegalDate?) {
        let certificate = try DER.parse(der)
        return try DER.sequence(certificate, identifier: .sequence) { outer in
            guard let signed = outer.next() else { throw Unreadable(message: "") }
            while outer.next() != nil {}
            return try DER.sequence(signed, identifier: .sequence) { nodes in
                defer { while nodes.next() != nil {} }
                var node = nodes.next()
                // An explicit version stands in front of the serial number.
                if node?.identifier.tagClass == .contextSpecific { node = nodes.next() }
                _ = (nodes.next(), nodes.next())
                guard let validity = nodes.next(), nodes.next() != nil, let key = nodes.next() else {
                    throw Unreadable(message: "")
                }
                return (Array(key.encodedBytes), try end(of: validity))
            }
        }
    }

    private static func end(of validity: ASN1Node) throws -> LegalDate? {
        try DER.sequence(validity, identifier: .sequence) { nodes in
            _ = nodes.next()
            defer { while nodes.next() != nil {} }
            guard let node = nodes.next() else { return nil }
            if let time = try? UTCTime(derEncoded: node) {
                return LegalDate(year: time.year, month: time.month, day: time.day)
            }
            let time = try GeneralizedTime(derEncoded: node)
            return LegalDate(year: time.year, month: time.month, day: time.day)
        }
    }
}
