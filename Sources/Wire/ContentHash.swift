import Crypto

/// Names contents by their SHA-256, in lower-case hexadecimal.
public enum ContentHash {
    public static func sha256(_ bytes: [UInt8]) -> String { text(SHA256.hash(data: bytes)) }

    /// Of a content that comes in pieces.
    public struct Running {
        private var hash = SHA256()

        public init() {}

        public mutating func add(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

        public func sha256() -> String { ContentHash.text(hash.finalize()) }
    }

    private static func text(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
