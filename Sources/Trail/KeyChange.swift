import Foundation

/// A new key for checkpoints, for which the key before vouches: whoever can write the database alone can put no key of
/// their own in its place.
public struct KeyChange: Sendable {
    public let old: NoteKey
    public let new: NoteKey

    public init(old: NoteKey, new: NoteKey) {
        self.old = old
        self.new = new
    }

    /// What the old key signs.
    public var statement: [UInt8] { Array("audit-key/v1\n\(old.line)\n\(new.line)\n".utf8) }

    public func isVouched(_ signature: [UInt8]) -> Bool { old.verifies(signature, of: statement) }
}
