import Crypto
import Foundation
import Secrets

/// A key that signs checkpoints, as others know it: a name and an Ed25519 public key (C2SP signed-note).
public struct NoteKey: Hashable, Sendable {
    /// Ed25519; the byte stands before the public key so that another algorithm may follow.
    static let ed25519: UInt8 = 1

    public let name: String
    public let publicKey: [UInt8]

    /// nil unless the name has neither a space nor a plus and the key is one.
    public init?(name: String, publicKey: [UInt8]) {
        guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "+" }),
            (try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)) != nil
        else { return nil }
        self.name = name
        self.publicKey = publicKey
    }

    /// Four bytes that name the key in signature lines.
    public var id: [UInt8] {
        Array(SHA256.hash(data: Data(name.utf8) + Data([10, Self.ed25519]) + Data(publicKey)).prefix(4))
    }

    /// `NAME+HASH+KEY`, as it is handed to whoever verifies.
    public var line: String {
        "\(name)+\(HexText.text(id))+\(Data([Self.ed25519] + publicKey).base64EncodedString())"
    }

    public init?(line: String) {
        let parts = line.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let key = Data(base64Encoded: String(parts[2])), key.count == 33,
            key.first == Self.ed25519
        else { return nil }
        self.init(name: String(parts[0]), publicKey: Array(key.dropFirst()))
        guard self.line == line else { return nil }
    }

    public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        return key?.isValidSignature(signature, for: message) ?? false
    }
}

/// The private half. Its seed stays in locked memory.
public struct NoteSigner: Sendable {
    public let key: NoteKey
    private let seed: SecretBytes

    /// - Parameter seed: 32 bytes.
    public init?(name: String, seed: SecretBytes) {
        let made = seed.withBytes { try? Curve25519.Signing.PrivateKey(rawRepresentation: Data($0)) }
        guard let made, let key = NoteKey(name: name, publicKey: Array(made.publicKey.rawRepresentation)) else {
            return nil
        }
        self.key = key
        self.seed = seed
    }

    /// A new random key.
    public static func make(name: String) -> (signer: NoteSigner, seed: SecretBytes)? {
        let key = Curve25519.Signing.PrivateKey()
        let seed = key.rawRepresentation.withUnsafeBytes { SecretBytes(copying: $0) }
        return NoteSigner(name: name, seed: seed).map { ($0, seed) }
    }

    /// The whole note: the checkpoint, an empty line, the signature line.
    ///
    /// - Throws: what the library says when the key cannot sign.
    public func sign(_ checkpoint: Checkpoint) throws -> String {
        let signature = try signature(of: Array(checkpoint.text.utf8))
        let blob = Data(key.id + signature).base64EncodedString()
        return "\(checkpoint.text)\n\u{2014} \(key.name) \(blob)\n"
    }

    public func signature(of message: [UInt8]) throws -> [UInt8] {
        let key = try seed.withBytes { try Curve25519.Signing.PrivateKey(rawRepresentation: Data($0)) }
        return Array(try key.signature(for: Data(message)))
    }
}

/// A checkpoint with its signatures, as it was read; nobody has verified it yet.
public struct SignedCheckpoint: Hashable, Sendable {
    /// What nobody makes is not read further.
    static let largest = 10_000
    private static let mark = "\u{2014} "

    public let note: String
    public let checkpoint: Checkpoint
    private let signatures: [Signature]

    private struct Signature: Hashable, Sendable {
        var name: String
        var blob: [UInt8]
    }

    /// nil for anything but a note of three lines and its signatures.
    public init?(note: String) {
        guard note.utf8.count <= Self.largest else { return nil }
        // By bytes: files of many thousand notes are read whole.
        let lines = note.utf8.split(separator: 10, omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(where: \.isEmpty), lines.count >= end + 3, lines.last?.isEmpty == true else {
            return nil
        }
        let body = note.utf8[..<lines[end].startIndex]
        guard let checkpoint = Checkpoint(text: String(Substring(body))) else { return nil }
        let mark = Array(Self.mark.utf8)
        var signatures: [Signature] = []
        for line in lines[(end + 1)...].dropLast() {
            let parts = line.dropFirst(mark.count).split(separator: 32, omittingEmptySubsequences: false)
            guard line.starts(with: mark), parts.count == 2,
                let blob = Data(base64Encoded: String(Substring(parts[1]))), blob.count > 4
            else { return nil }
            signatures.append(Signature(name: String(Substring(parts[0])), blob: Array(blob)))
        }
        self.note = note
        self.checkpoint = checkpoint
        self.signatures = signatures
    }

    /// Whether it claims to be signed by a key that did not sign it: then it is not what it was.
    public func isForged(of key: NoteKey) -> Bool {
        !isSigned(by: key) && signatures.contains { $0.name == key.name && Array($0.blob.prefix(4)) == key.id }
    }

    public func isSigned(by key: NoteKey) -> Bool {
        let message = Array(checkpoint.text.utf8)
        return signatures.contains { signature in
            signature.name == key.name && Array(signature.blob.prefix(4)) == key.id
                && key.verifies(Array(signature.blob.dropFirst(4)), of: message)
        }
    }
}

/// A file of notes, one behind another: behind signature lines the next note begins.
public enum NoteFile {
    /// - Returns: the notes that are whole, in order, and what was found that is none: the line and its words.
    public static func notes(in text: String) -> (notes: [SignedCheckpoint], problems: [String]) {
        var notes: [SignedCheckpoint] = []
        var problems: [String] = []
        let mark = Array("\u{2014} ".utf8)
        var part: [Substring.UTF8View] = []
        var began = 1
        func note(_ lines: some Sequence<Substring.UTF8View>) -> SignedCheckpoint? {
            var bytes: [UInt8] = []
            for line in lines {
                bytes.append(contentsOf: line)
                bytes.append(10)
            }
            return SignedCheckpoint(note: String(decoding: bytes, as: UTF8.self))
        }
        func conclude() {
            guard !part.isEmpty else { return }
            defer { part = [] }
            if let whole = note(part) { return notes.append(whole) }
            problems.append("line \(began) begins something that is no signed checkpoint")
            // The beginning of a note that a kill left stands before a whole one.
            let signed = part.lastIndex { $0.isEmpty } ?? 0
            guard signed > 3 else { return }
            if let whole = note(part[(signed - 3)...]) { notes.append(whole) }
        }
        var lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)[...]
        let rest = lines.popLast()
        for (index, line) in lines.enumerated() {
            if let last = part.last, last.starts(with: mark), !line.starts(with: mark) { conclude() }
            if part.isEmpty { began = index + 1 }
            part.append(Substring(line).utf8)
        }
        if let rest, !rest.isEmpty {
            // A kill may leave the beginning of a note.
            if let last = part.last, last.starts(with: mark) { conclude() }
            problems.append("line \(lines.count + 1) is unfinished")
            part = []
        }
        conclude()
        return (notes, problems)
    }
}
