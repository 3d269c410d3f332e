import Crypto
import Foundation
import Secrets

/// Makes values recognisable in the trail that must not be read there: their message authentication code under a key of
/// the vault, with the field's name inside (facts: reliability 6.1). A bare hash of what is easily guessed would tell it.
public struct AuditFieldKey: Sendable {
    private let key: SecretBytes
    /// Names the key.
    public let name: String

    public init(key: SecretBytes, name: String) {
        self.key = key
        self.name = name
    }

    /// `hmac:KEY:HEX`.
    public func value(_ field: String, _ content: UnsafeRawBufferPointer) -> String {
        let mark = LengthPrefixed.bytes([Array("audit-field/v1".utf8), Array(field.utf8)])
        let length = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0) }
        let code = key.withBytes { secret in
            var mac = HMAC<SHA256>(key: SymmetricKey(data: secret))
            mac.update(data: mark)
            mac.update(data: length)
            mac.update(data: content)
            return Array(mac.finalize())
        }
        return "hmac:\(name):\(code.map { String(format: "%02x", $0) }.joined())"
    }
}

extension VaultPrivateKey {
    public var auditFieldKey: AuditFieldKey {
        AuditFieldKey(key: macKey("portaldesk/audit-field/v1"), name: publicKey.id.description)
    }
}

/// Seals bodies of calls: a random key of the process, which is itself kept sealed in the vault, so that sealing a body
/// costs no key agreement, and giving up the key gives up every body that it sealed (facts: reliability 6.1).
public struct BodyKey: Sendable {
    public let name: String
    public let secret: SecretBytes

    public init(name: String, secret: SecretBytes) {
        self.name = name
        self.secret = secret
    }

    /// A new random key.
    public static func make(name: String) -> BodyKey {
        BodyKey(
            name: name, secret: SymmetricKey(size: .bits256).withUnsafeBytes { SecretBytes(copying: $0) })
    }

    /// - Parameter place: bound into the seal, so that no body passes for another call's.
    public func seal(_ body: [UInt8], at place: String) throws(VaultProblem) -> [UInt8] {
        let sealed = secret.withBytes { key in
            try? AES.GCM.seal(body, using: SymmetricKey(data: key), authenticating: Data(bound(place)))
        }
        guard let combined = sealed?.combined else { throw .randomUnavailable }
        return Array(combined)
    }

    public func open(_ sealed: [UInt8], at place: String) throws(VaultProblem) -> [UInt8] {
        let opened = secret.withBytes { key in
            try? AES.GCM.open(
                AES.GCM.SealedBox(combined: sealed), using: SymmetricKey(data: key),
                authenticating: Data(bound(place)))
        }
        guard let opened else { throw .doesNotOpen }
        return Array(opened)
    }

    private func bound(_ place: String) -> [UInt8] {
        LengthPrefixed.bytes([Array("audit-body/v1".utf8), Array(name.utf8), Array(place.utf8)])
    }
}
