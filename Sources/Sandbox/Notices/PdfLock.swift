import Crypto

/// Closes a PDF by a password in the way of PDF 1.4 (ISO 32000-1, 7.6: RC4 with 128 bits). The cipher guards nothing
/// here; it makes files open the way those of the portals do.
struct PdfLock {
    private static let padding: [UInt8] = [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ]
    /// Everything is allowed to whoever has the password.
    private static let permissions: Int32 = -4

    private let key: [UInt8]
    /// For the trailer: the dictionary of the lock, and the id that is part of its key.
    let trailer: String

    init(password: String, id seed: String) {
        let id = Self.md5(Array(seed.utf8))
        let user = Array((Array(password.utf8) + Self.padding).prefix(32))
        // Nobody has another password, so the owner's is the same.
        let owner = Self.wound(user, key: Self.stretched(user))
        let permissions = (0..<4).map { UInt8(truncatingIfNeeded: Self.permissions >> (8 * $0)) }
        let key = Self.stretched(user + owner + permissions + id)
        let check = Self.wound(Self.md5(Self.padding + id), key: key) + [UInt8](repeating: 0, count: 16)
        self.key = key
        trailer =
            "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P \(Self.permissions) /O <\(Self.hex(owner))>"
            + " /U <\(Self.hex(check))> >> /ID [<\(Self.hex(id))> <\(Self.hex(id))>]"
    }

    /// The content of a stream, closed.
    ///
    /// - Parameter object: number of the object that holds it.
    func closed(_ content: [UInt8], object: Int) -> [UInt8] {
        let number = (0..<3).map { UInt8(truncatingIfNeeded: object >> (8 * $0)) }
        return Self.rc4(content, key: Self.md5(key + number + [0, 0]))
    }

    private static func stretched(_ bytes: [UInt8]) -> [UInt8] {
        (0...50).reduce(bytes) { result, _ in md5(result) }
    }

    /// Twenty times, each with another key.
    private static func wound(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        (0..<20).reduce(bytes) { result, round in rc4(result, key: key.map { $0 ^ UInt8(round) }) }
    }

    private static func md5(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.MD5.hash(data: bytes)) }

    private static func rc4(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var state = (0...255).map { UInt8($0) }
        var other = 0
        for index in 0..<256 {
            other = (other + Int(state[index]) + Int(key[index % key.count])) & 255
            state.swapAt(index, other)
        }
        var (left, right) = (0, 0)
        return bytes.map { byte in
            left = (left + 1) & 255
            right = (right + Int(state[left])) & 255
            state.swapAt(left, right)
            return byte ^ state[(Int(state[left]) + Int(state[right])) & 255]
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
