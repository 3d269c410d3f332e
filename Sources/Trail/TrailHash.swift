import Crypto
import Foundation

/// 32 bytes of SHA-256, kept inline: a leaf, a node or a link of the trail (RFC 9162 2.1; facts: reliability 6.3).
public struct TrailHash: Hashable, Sendable {
    private typealias Words = (UInt64, UInt64, UInt64, UInt64)
    private let words: Words

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
        return start.loadUnaligned(as: Words.self) == words
    }

    /// Of a record's canonical bytes.
    ///
    /// - Parameter scratch: kept from one record to the next: mark and record are hashed in one piece, since each piece
    ///   handed over has its price, and so has memory that is new.
    public static func leaf(_ record: UnsafeRawBufferPointer, using scratch: inout [UInt8]) -> TrailHash {
        if scratch.count <= record.count { scratch = [UInt8](repeating: 0, count: record.count * 2 + 1) }
        return scratch.withUnsafeMutableBytes { scratch in
            scratch[0] = 0
            UnsafeMutableRawBufferPointer(rebasing: scratch[1...]).copyMemory(from: record)
            return of(UnsafeRawBufferPointer(rebasing: scratch[..<(record.count + 1)]))
        }
    }

    public static func leaf(_ record: UnsafeRawBufferPointer) -> TrailHash {
        var scratch: [UInt8] = []
        return leaf(record, using: &scratch)
    }

    public static func leaf(_ record: [UInt8]) -> TrailHash { record.withUnsafeBytes { leaf($0) } }

    /// Of two neighbouring subtrees.
    public static func node(_ left: TrailHash, _ right: TrailHash) -> TrailHash {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 16) { buffer in
            buffer[0] = 1
            return joined(buffer, 1, left, right)
        }
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
        let mark: StaticString = "audit-chain/v1\n"
        return withUnsafeTemporaryAllocation(byteCount: 79, alignment: 16) { buffer in
            buffer.copyMemory(from: UnsafeRawBufferPointer(start: mark.utf8Start, count: 15))
            return Self.joined(buffer, 15, self, leaf)
        }
    }

    /// - Parameters:
    ///   - buffer: begins with the mark; its last 64 bytes are filled here.
    ///   - offset: bytes of the mark.
    private static func joined(
        _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int, _ left: TrailHash, _ right: TrailHash
    ) -> TrailHash {
        buffer.storeBytes(of: left.words, toByteOffset: offset, as: Words.self)
        buffer.storeBytes(of: right.words, toByteOffset: offset + 32, as: Words.self)
        return of(UnsafeRawBufferPointer(buffer))
    }

    private static func of(_ bytes: UnsafeRawBufferPointer) -> TrailHash {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return TrailHash(hasher)
    }

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
