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
    private let key: SymmetricKey
    private var masks: [String: Int] = [:]
    private(set) var entries: [MaskEntry] = []
    private var taken: Set<String> = []

    /// Hexadecimal digits of a mask, as long as no other value has the same ones.
    static let digits = 6

    /// - Parameter key: 32 random bytes.
    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// The mask of a value.
    mutating func mask(_ kind: MaskKind, _ value: String) -> String {
        let canonical = kind.canonical(value)
        let name = "\(kind.rawValue)\u{0}\(canonical)"
        if let known = masks[name] { return entries[known].mask }
        let hex = code(name)
        var length = Self.digits
        while length < hex.count, taken.contains("\(kind.rawValue)-\(hex.prefix(length))") { length += 2 }
        let mask = "\(kind.rawValue)-\(hex.prefix(length))"
        taken.insert(mask)
        masks[name] = entries.count
        let told = [.gstin, .pan, .tan].contains(kind) ? canonical : String(value.prefix(400))
        entries.append(MaskEntry(kind: kind, mask: mask, value: kind == .secret ? nil : told))
        return mask
    }

    /// What a file holds, told so that only equal files can be seen to be equal.
    func code(of bytes: some DataProtocol) -> String {
        Self.hex(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }

    private func code(_ text: String) -> String { code(of: Array(text.utf8)) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return bytes.reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}
