import Glibc

/// Bytes that must not leak: kept in one locked, non-dumpable buffer, wiped on release, printed as dots.
///
/// Equality is identity: comparing contents would invite timing attacks and accidental interning.
// @unchecked: the buffer is written only in init and deinit; in between it is read-only.
public final class SecretBytes: @unchecked Sendable {
    private let storage: UnsafeMutableRawBufferPointer
    /// nil for what is too long for the arena, and stands in ordinary memory.
    private let span: SecretArena.Span?

    /// Copies `bytes`; the caller still owns, and should wipe, its own copy.
    public init(copying bytes: UnsafeRawBufferPointer) {
        count = bytes.count
        (storage, span) = SecretBytes.memory(byteCount: bytes.count)
        storage.copyMemory(from: bytes)
    }

    /// Number of bytes held.
    public let count: Int

    public var isEmpty: Bool { count == 0 }

    /// Takes the UTF-8 of `text`. For fixed demo texts and tests; real secrets arrive as bytes.
    public convenience init(utf8 text: String) {
        var copy = Array(text.utf8)
        self.init(consuming: &copy)
    }

    /// Moves the bytes out of `bytes`, which is wiped and left empty.
    public init(consuming bytes: inout [UInt8]) {
        count = bytes.count
        (storage, span) = SecretBytes.memory(byteCount: bytes.count)
        bytes.withUnsafeMutableBytes { source in
            storage.copyMemory(from: UnsafeRawBufferPointer(source))
            SecretBytes.wipe(source)
        }
        bytes = []
    }

    /// Whether no secret of this process can be swapped out.
    public static var isMemoryLocked: Bool { SecretArena.shared.isLocked }

    private static func memory(byteCount: Int) -> (UnsafeMutableRawBufferPointer, SecretArena.Span?) {
        if let taken = SecretArena.shared.take(byteCount: byteCount) { return (taken.memory, taken.span) }
        return (UnsafeMutableRawBufferPointer.allocate(byteCount: max(byteCount, 1), alignment: 16), nil)
    }

    deinit {
        SecretBytes.wipe(storage)
        if let span { SecretArena.shared.give(back: span) } else { storage.deallocate() }
    }

    /// Runs `body` on the bytes; nothing of them may outlive the call.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(rebasing: storage[0..<count]))
    }

    /// Overwrites memory by a call that the optimiser may not remove.
    public static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
        guard let base = buffer.baseAddress, buffer.count > 0 else { return }
        explicit_bzero(base, buffer.count)
    }
}

extension SecretBytes: Hashable {
    public static func == (left: SecretBytes, right: SecretBytes) -> Bool { left === right }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "••••••••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
