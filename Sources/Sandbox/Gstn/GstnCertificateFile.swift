import Crypto
import CryptoExtras
import Domain
import FoundationEssentials
import SwiftASN1

/// The key pair of the simulated GSTN: the private half in the state folder, the public half as a self-signed
/// certificate of one year, as the real one is.
struct GstnCertificateFile: Sendable {
    let key: KeptKey
    let certificate: String

    /// Of the key that stands in the state folder.
    static func kept(in folder: String, today: LegalDate) throws(SandboxProblem) -> GstnCertificateFile {
        guard let file = try? GstnCertificateFile(try KeptKey.kept(in: folder, .gstn), today: today) else {
            throw SandboxProblem("the key of the simulated GSTN cannot be used")
        }
        return file
    }

    private init(_ key: KeptKey, today: LegalDate) throws {
        self.key = key
        certificate = try Self.certificate(_RSA.Signing.PrivateKey(derRepresentation: key.privateKey), from: today)
    }

    /// The app key that a client sent: nil when it is sealed for another key, as after a rotation.
    func open(_ sealed: [UInt8]) -> [UInt8]? { key.open(sealed) }

    private static func certificate(_ key: _RSA.Signing.PrivateKey, from today: LegalDate) throws -> String {
        let signatureAlgorithm = Algorithm(id: [1, 2, 840, 113_549, 1, 1, 11])
        var signed = DER.Serializer()
        let until = today.adding(days: 365)
        try signed.appendConstructedNode(identifier: .sequence) { node in
            try node.appendConstructedNode(identifier: .init(tagWithNumber: 0, tagClass: .contextSpecific)) {
                try $0.serialize(2)
            }
            try node.serialize(today.dayNumber)
            try node.serialize(signatureAlgorithm)
            try name(&node)
            try node.appendConstructedNode(identifier: .sequence) { validity in
                for day in [today, until] {
                    try validity.serialize(
                        UTCTime(year: day.year, month: day.month, day: day.day, hours: 0, minutes: 0, seconds: 0))
                }
            }
            try name(&node)
            try node.serialize(DER.parse(Array(key.publicKey.derRepresentation)))
        }
        let signature = try key.signature(
            for: SHA256.hash(data: signed.serializedBytes), padding: .insecurePKCS1v1_5)
        var whole = DER.Serializer()
        try whole.appendConstructedNode(identifier: .sequence) { node in
            try node.serialize(DER.parse(signed.serializedBytes))
            try node.serialize(signatureAlgorithm)
            try node.serialize(ASN1BitString(bytes: ArraySlice(signature.rawRepresentation)))
        }
        return PEMDocument(type: "CERTIFICATE", derBytes: whole.serializedBytes).pemString + "\n"
    }

    private static func name(_ node: inout DER.Serializer) throws {
        try node.appendConstructedNode(identifier: .sequence) { names in
            try names.appendConstructedNode(identifier: .set) { set in
                try set.appendConstructedNode(identifier: .sequence) { pair in
                    try pair.serialize(ASN1ObjectIdentifier(elements: [2, 5, 4, 3]))
                    try pair.serialize(ASN1UTF8String("PortalDesk simulated GSTN"))
                }
            }
        }
    }

    private struct Algorithm: DERSerializable {
        let id: [UInt]
        func serialize(into coder: inout DER.Serializer) throws {
            try coder.appendConstructedNode(identifier: .sequence) { node in
                try node.serialize(ASN1ObjectIdentifier(elements: id))
                try node.serialize(ASN1Null())
            }
        }
    }
}
