import Crypto
import Secrets

/// Time-based codes of an authenticator app (RFC 6238 on RFC 4226; SHA-1, six digits, thirty seconds).
public enum Totp {
    public static let step = 30
    public static let digits = 6
    /// Steps either side that a slow clock may be off.
    static let tolerance: Int64 = 1

    /// The step of a moment, in seconds since 1970.
    public static func step(at seconds: Int64) -> Int64 { seconds / Int64(step) }

    /// The code of one step.
    public static func code(_ secret: SecretBytes, step: Int64) -> String { code(secret, step: step, digits: digits) }

    static func code(_ secret: SecretBytes, step: Int64, digits: Int) -> String {
        let mac = secret.withBytes { secret in
            Array(
                HMAC<Insecure.SHA1>.authenticationCode(for: step.bigEndianBytes, using: SymmetricKey(data: secret)))
        }
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step that the code belongs to; nil when it is wrong, too old, or of a step that was used before.
    ///
    /// - Parameter last: the last step that was accepted.
    public static func accepted(
        _ entered: String, _ secret: SecretBytes, at seconds: Int64, after last: Int64?
    ) -> Int64? {
        let now = step(at: seconds)
        var found: Int64?
        // Every step is compared, so that the time tells nothing.
        for step in (now - tolerance)...(now + tolerance) where step > (last ?? .min) {
            if ConstantTime.equal(Array(entered.utf8), Array(code(secret, step: step).utf8)) { found = step }
        }
        return found
    }
}
