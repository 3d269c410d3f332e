import Crypto
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
        let keys = try PasswordKeys.derive(password, cost: cost, salt: salt)
        return PasswordHash(verifier: keys.verifier, cost: cost, salt: salt)
    }

    init(verifier: [UInt8], cost: Cost, salt: [UInt8]) {
        let parameters = "ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
        phc = "$scrypt$\(parameters)$\(Self.unpadded(salt))$\(Self.unpadded(verifier))"
    }

    public init(phc: String) { self.phc = phc }

    /// Whether `password` gives this hash; compared in constant time. False also for a text that is no such hash.
    public func accepts(_ password: SecretBytes) -> Bool { (try? keys(of: password)) != nil }

    /// What the password gives, when it gives this hash; nil for another password or a text that is no such hash.
    func keys(of password: SecretBytes) throws(VaultProblem) -> PasswordKeys? {
        guard let (cost, salt, expected) = parsed() else { return nil }
        let found = try PasswordKeys.derive(password, cost: cost, salt: salt)
        return ConstantTime.equal(found.verifier, expected) ? found : nil
    }

    /// False for a text that is no such hash.
    func isCheaper(than policy: Cost) -> Bool { parsed().map { $0.0.logRounds < policy.logRounds } ?? false }

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

    private static func unpadded(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "=", with: "")
    }

    private static func decoded(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { Array($0) }
    }
}
