import Secrets
import Testing

/// Many secrets at once in the memory that they share.
@Suite struct SecretMemoryTests {
    @Test func secretsOfAnySizeKeepTheirBytesWhileOthersComeAndGo() {
        var kept: [(secret: SecretBytes, bytes: [UInt8])] = []
        var random = SystemRandomNumberGenerator()
        for round in 0..<4_000 {
            let count = round % 97 == 0 ? 70_000 : Int.random(in: 0...300, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var copy = bytes
            kept.append((SecretBytes(consuming: &copy), bytes))
            #expect(copy.isEmpty)
            if kept.count > 900 { kept.remove(at: Int.random(in: 0..<kept.count, using: &random)) }
        }
        for (secret, bytes) in kept { #expect(secret.withBytes { $0.elementsEqual(bytes) }) }
    }
}
