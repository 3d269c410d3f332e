import Crypto
import CryptoExtras
import FoundationEssentials

/// AES in ECB mode with PKCS#7 padding: weak, and what the government's wires ask for. Only ever inside TLS
/// (facts: gstn-taxpayer 1.4, reliability 7).
public enum AesEcb {
    /// The bytes are no ciphertext under this key; no more is told, whatever is wrong with them.
    public struct Refused: Error, Sendable {}

    static let block = 16

    public static func encrypt(_ bytes: some Collection<UInt8>, key: SymmetricKey) throws(Refused) -> [UInt8] {
        let padding = block - bytes.count % block
        var result = Array(bytes) + [UInt8](repeating: UInt8(padding), count: padding)
        do {
            for start in stride(from: 0, to: result.count, by: block) {
                try AES.permute(&result[start..<start + block], key: key)
            }
        } catch {
            throw Refused()
        }
        return result
    }

    /// CBC with an IV of zeros leaves each block mixed with the ciphertext before it; taking that out again leaves ECB,
    /// at the speed of the library's whole-buffer call.
    public static func decrypt(_ bytes: [UInt8], key: SymmetricKey) throws(Refused) -> [UInt8] {
        guard !bytes.isEmpty, bytes.count % block == 0,
            let zeros = try? AES._CBC.IV(ivBytes: [UInt8](repeating: 0, count: block)),
            let mixed = try? AES._CBC.decrypt(bytes, using: key, iv: zeros, noPadding: true)
        else { throw Refused() }
        var result = [UInt8](mixed)
        for index in block..<max(block, result.count) { result[index] ^= bytes[index - block] }
        guard let padding = result.last.map(Int.init), (1...block).contains(padding),
            result.suffix(padding).allSatisfy({ $0 == UInt8(padding) })
        else { throw Refused() }
        result.removeLast(padding)
        return result
    }
}
