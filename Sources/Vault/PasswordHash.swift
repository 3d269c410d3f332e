import Crypto
import CryptoExtras
import Foundation
import Secrets

/// A login password as it is stored: scrypt in PHC form.
///
/// What is stored is not the scrypt output but a verifier derived from it, so that the same scrypt run can also give a
/// key that the stored text does not open (facts: reliability 10).
public struct PasswordHash: Sendable, Hashable {
    public struct Cost: Sendable, Hashable {
        /// Base-2 logarithm of N; memory is 128 · N · r bytes.
        public var logRounds: Int
        public var blockSize: Int
        public var parallelism: Int

        public init(logRounds: Int, blockSize: Int = 8, parallelism: Int = 1) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 2^17, 8, 1: 128 MiB and about a quarter of a second.
        public static let standard = Cost(logRounds: 17)
        /// What a stored text may ask for: a hostile file must not make us allocate a terabyte.
        static let accepted = 1...20
    }

    public let phc: String

    /// Blocks for the time of one scrypt run: call it on a thread of its own.
    public static func make(
        _ password: SecretBytes, cost: Cost = .standard, salt: [UInt8]? = nil
    ) throws(VaultProblem) -> PasswordHash {
        let salt = salt ?? SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let verifier = try verifier(of: password, cost: cost, salt: salt)
        let parameters = "ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
        return PasswordHash(phc: "$scrypt$\(parameters)$\(unpadded(salt))$\(unpadded(verifier))")
    }

    public init(phc: String) { self.phc = phc }

    /// Whether `password` gives this hash; compared in constant time. False also for a text that is no such hash.
    public func accepts(_ password: SecretBytes) -> Bool {
        guard let (cost, salt, expected) = parsed(),
            let found = try? Self.verifier(of: password, cost: cost, salt: salt), found.count == expected.count
        else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(found, expected) { difference |= left ^ right }
        return difference == 0
    }

    private func parsed() -> (Cost, salt: [UInt8], verifier: [UInt8])? {
        let parts = phc.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        var numbers: [Substring: Int] = [:]
        for pair in parts[2].split(separator: ",") {
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let number = Int(sides[1]) else { return nil }
            numbers[sides[0]] = number
        }
        // Only r = 8: swift-crypto's memory allowance is too small for larger blocks.
        guard let logRounds = numbers["ln"], numbers["r"] == 8, let parallelism = numbers["p"],
            Cost.accepted.contains(logRounds), (1...4).contains(parallelism),
            let salt = Self.decoded(parts[3]), let verifier = Self.decoded(parts[4]), salt.count >= 8
        else { return nil }
        return (Cost(logRounds: logRounds, parallelism: parallelism), salt, verifier)
    }

    private static func verifier(of password: SecretBytes, cost: Cost, salt: [UInt8]) throws(VaultProblem) -> [UInt8] {
        do {
            let root = try password.withBytes { bytes in
                try KDF.Scrypt.deriveKey(
                    from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
                    blockSize: cost.blockSize,
                    parallelism: cost.parallelism
                )
            }
            let verifier = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: root, info: Array("portaldesk/login-verifier/v1".utf8), outputByteCount: 32
            )
            return verifier.withUnsafeBytes { Array($0) }
        } catch {
            throw .randomUnavailable
        }
    }

    private static func unpadded(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "=", with: "")
    }

    private static func decoded(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { Array($0) }
    }
}
