import Crypto
import Foundation

/// 32 bytes of SHA-256, kept inline: a leaf, a node or a link of the trail (RFC 9162 2.1; facts: reliability 6.3).
public struct TrailHash: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// nil unless there are 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    public init?(hex: String) {
        guard let bytes = HexText.bytes(hex) else { return nil }
        self.init(bytes)
    }

    private init(_ hasher: consuming SHA256) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        hasher.finalize().withUnsafeBytes { digest in
            withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: digest) }
        }
        self.words = words
    }

    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
    public var hex: String { HexText.text(bytes) }
    public var base64: String { Data(bytes).base64EncodedString() }

    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try Swift.withUnsafeBytes(of: words, body)
    }

    /// Whether these are the hash's bytes.
    public func isEqual(to stored: UnsafeRawBufferPointer) -> Bool {
        guard stored.count == 32, let start = stored.baseAddress else { return false }
        return withUnsafeBytes { own in own.baseAddress.map { memcmp($0, start, 32) == 0 } ?? false }
    }

    /// Of a record's canonical bytes.
    public static func leaf(_ record: UnsafeRawBufferPointer) -> TrailHash {
        var hasher = SHA256()
        leafMark.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        hasher.update(bufferPointer: record)
        return TrailHash(hasher)
    }

    public static func leaf(_ record: [UInt8]) -> TrailHash { record.withUnsafeBytes { leaf($0) } }

    /// Of two neighbouring subtrees.
    public static func node(_ left: TrailHash, _ right: TrailHash) -> TrailHash {
        joined(nodeMark, left, right)
    }

    /// The root of no records: the hash of nothing.
    public static let emptyTree = TrailHash(SHA256())

    /// What the first record of a trail is chained to.
    public static func genesis(origin: String) -> TrailHash {
        var hasher = SHA256()
        hasher.update(data: Data("audit-chain/v1 genesis\n\(origin)".utf8))
        return TrailHash(hasher)
    }

    /// The link of the chain for the record behind this one.
    public func chained(_ leaf: TrailHash) -> TrailHash {
        Self.joined(Self.chainMark, self, leaf)
    }

    /// In one piece on the stack: each piece handed over costs as much as hashing it.
    private static func joined(_ mark: [UInt8], _ left: TrailHash, _ right: TrailHash) -> TrailHash {
        withUnsafeTemporaryAllocation(byteCount: mark.count + 64, alignment: 8) { buffer in
            buffer.copyBytes(from: mark)
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[mark.count...]).copyMemory(from: $0) }
            right.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[(mark.count + 32)...]).copyMemory(from: $0)
            }
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return TrailHash(hasher)
        }
    }

    private static let leafMark: [UInt8] = [0]
    private static let nodeMark: [UInt8] = [1]
    private static let chainMark = Array("audit-chain/v1\n".utf8)

    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

enum HexText {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var result: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
    }
}
