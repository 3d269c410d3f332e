import Crypto
import Foundation

/// One mask and what it stands for.
struct MaskEntry: Sendable, Hashable, Codable {
    var kind: MaskKind
    var mask: String
    /// nil for a secret, which is kept nowhere a second time.
    var value: String?
}

/// The masks of one bundle: the same value is the same mask in all of it.
///
/// A mask is the beginning of an HMAC-SHA-256 under a random key of the bundle. Without the key nobody can try all GSTINs
/// until the mask comes out; the key is forgotten with this value.
struct MaskBook: Sendable {
    private struct Value: Hashable, Sendable {
        var kind: MaskKind
        var text: String
    }

    private let key: SymmetricKey
    /// By the canonical form, and by every way of writing that came: most values come again as they were.
    private var masks: [Value: Int] = [:]
    private var written: [Value: Int] = [:]
    private(set) var entries: [MaskEntry] = []
    private var taken: Set<String> = []

    /// Hexadecimal digits of a mask, as long as no other value has the same ones.
    static let digits = 6

    /// - Parameter key: 32 random bytes.
    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// The mask of a value.
    mutating func mask(_ kind: MaskKind, _ value: String) -> String {
        if let known = written[Value(kind: kind, text: value)] { return entries[known].mask }
        let canonical = kind.canonical(value)
        let number = masks[Value(kind: kind, text: canonical)] ?? add(kind, value, canonical)
        written[Value(kind: kind, text: value)] = number
        return entries[number].mask
    }

    private mutating func add(_ kind: MaskKind, _ value: String, _ canonical: String) -> Int {
        let hex = code(of: Array("\(kind.rawValue)\u{0}\(canonical)".utf8))
        var length = Self.digits
        var mask = "\(kind.rawValue)-\(hex.prefix(length))"
        while length < hex.utf8.count, taken.contains(mask) {
            length += 2
            mask = "\(kind.rawValue)-\(hex.prefix(length))"
        }
        taken.insert(mask)
        let told = [.gstin, .pan, .tan].contains(kind) ? canonical : String(value.prefix(400))
        entries.append(MaskEntry(kind: kind, mask: mask, value: kind == .secret ? nil : told))
        masks[Value(kind: kind, text: canonical)] = entries.count - 1
        return entries.count - 1
    }

    /// What a file holds, told so that only equal files can be seen to be equal.
    func code(of bytes: some DataProtocol) -> String {
        Self.hex(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
