import Crypto
import Secrets

/// A mailed code that confirms one reveal (facts: reliability 9). Only its MAC is stored, under a key that is not in
/// the database; it is bound to all that it was asked for.
public struct OneTimeCode: Sendable {
    /// What a code is good for, and nothing else.
    public struct Purpose: Hashable, Sendable {
        public var challenge: String
        public var person: String
        public var purpose: String
        /// What is revealed, with its version.
        public var subject: String
        public var session: String

        public init(challenge: String, person: String, purpose: String, subject: String, session: String) {
            self.challenge = challenge
            self.person = person
            self.purpose = purpose
            self.subject = subject
            self.session = session
        }
    }

    public static let digits = 8

    /// Eight decimal digits, every one of the 10^8 as likely; leading zeros count.
    public static func draw(_ random: inout some RandomNumberGenerator) -> SecretBytes {
        var text = (0..<digits).map { _ in UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &random) }
        return SecretBytes(consuming: &text)
    }

    /// HMAC-SHA256 over the length-prefixed parts and the code.
    public static func mac(_ code: SecretBytes, for purpose: Purpose, key: SecretBytes) -> [UInt8] {
        let parts = ["otp/v1", purpose.challenge, purpose.person, purpose.purpose, purpose.subject, purpose.session]
        return key.withBytes { key in
            var mac = HMAC<SHA256>(key: SymmetricKey(data: key))
            mac.update(data: LengthPrefixed.bytes(parts))
            mac.update(data: UInt32(code.count).bigEndianBytes)
            code.withBytes { mac.update(data: $0) }
            return Array(mac.finalize())
        }
    }

    /// Compared in constant time.
    public static func matches(_ code: SecretBytes, _ stored: [UInt8], for purpose: Purpose, key: SecretBytes) -> Bool {
        ConstantTime.equal(mac(code, for: purpose, key: key), stored)
    }
}
