import Secrets
import Testing
import Vault

/// Values of the audit trail that may be recognised and not read (facts: reliability 6.1 and 16).
@Suite("Hidden values of the audit trail")
struct AuditFieldTests {
    private func value(_ field: String, _ content: String, key: AuditFieldKey) -> String {
        Array(content.utf8).withUnsafeBytes { key.value(field, $0) }
    }

    private let key = AuditFieldKey(
        key: (UInt8(0x60)...0x7F).map { $0 }.withUnsafeBytes { SecretBytes(copying: $0) }, name: "k1")

    @Test("the known value comes of the known key, field and content")
    func known() {
        #expect(
            value("username", "gst.user", key: key)
                == "hmac:k1:803a17a33d2cbfc16d0ad906c6f8ccf469f0216462d25c725291724fd00df623")
    }

    @Test("another field or another key gives another value")
    func bound() throws {
        #expect(value("password", "gst.user", key: key) != value("username", "gst.user", key: key))
        let one = try VaultPrivateKey().auditFieldKey
        let other = try VaultPrivateKey().auditFieldKey
        #expect(one.name != other.name)
        #expect(value("username", "x", key: one).suffix(64) != value("username", "x", key: other).suffix(64))
    }
}
