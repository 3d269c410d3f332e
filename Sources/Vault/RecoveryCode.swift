import Crypto
import Foundation
import Secrets

/// A code that is printed once and opens the vault when every password is lost. It is the seed of a key pair, so that
/// the vault can be granted anew to it at every rotation without the code.
public enum RecoveryCode {
    /// 32 letters and digits of 5 bits each, without those that are mistaken for one another (Crockford's).
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let count = 32
    private static let group = 4

    /// 160 random bits as `XXXX-XXXX-…`.
    public static func draw(_ random: inout some RandomNumberGenerator) -> SecretBytes {
        var text: [UInt8] = []
        for index in 0..<count {
            if index > 0, index % group == 0 { text.append(UInt8(ascii: "-")) }
            text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
        }
        return SecretBytes(consuming: &text)
    }

    /// The key that the code stands for. Case, blanks and hyphens do not matter, nor O for 0 and I or L for 1.
    ///
    /// - Returns: nil for what cannot be such a code.
    public static func key(of code: SecretBytes) -> VaultPrivateKey? {
        var digits = code.withBytes { bytes in bytes.compactMap(digit) }
        defer { digits.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
        guard digits.count == count, digits.allSatisfy({ $0 < 32 }) else { return nil }
        let seed = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: digits), info: Data("portaldesk/recovery/v1".utf8), outputByteCount: 32
        )
        return try? VaultPrivateKey(seed.withUnsafeBytes { SecretBytes(copying: $0) })
    }

    /// nil for what stands between the groups; 255 for what is no digit.
    private static func digit(_ byte: UInt8) -> UInt8? {
        let upper = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
        switch upper {
        case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return nil
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        default: return alphabet.firstIndex(of: upper).map(UInt8.init) ?? 255
        }
    }
}
