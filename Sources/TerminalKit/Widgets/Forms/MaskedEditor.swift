import Secrets

/// One line whose text is never shown and never becomes a `String`: each edit builds a new wiped buffer and lets the
/// old one go. The cursor moves by scalar; a dot stands for each.
public struct MaskedEditor: Equatable, Sendable {
    private var secret: SecretBytes
    /// Bytes before the cursor.
    private var position: Int
    /// Counts edits, so that two states of one editor differ without their secrets being compared.
    public private(set) var revision: Int

    public init() {
        var none: [UInt8] = []
        secret = SecretBytes(consuming: &none)
        position = 0
        revision = 0
    }

    public var isEmpty: Bool { secret.isEmpty }

    /// Dots to draw: the number of scalars.
    public var dotCount: Int { scalars(upTo: secret.count) }
    /// Dots before the cursor.
    public var cursor: Int { scalars(upTo: position) }

    /// Hands the secret out and leaves the editor empty.
    public mutating func take() -> SecretBytes {
        let taken = secret
        let edits = revision
        self = MaskedEditor()
        revision = edits + 1
        return taken
    }

    /// Puts a secret that is already known into the field, as when a person has asked to see it.
    public mutating func fill(_ bytes: SecretBytes) {
        secret = bytes
        position = bytes.count
        revision += 1
    }

    /// Reads the secret without taking it; nothing of it may outlive the call.
    public func withSecret<R>(_ body: (SecretBytes) -> R) -> R { body(secret) }

    /// Applies a key; false when an editor has no use for it.
    public mutating func handle(_ key: Key) -> Bool {
        if let typed = key.typed {
            insert(typed.unicodeScalars.lazy.map { $0 })
            return true
        }
        switch key {
        case .left, .control("b"): position = previous(position)
        case .right, .control("f"): position = next(position)
        case .home, .control("a"), .alt("b"): position = 0
        case .end, .control("e"), .alt("f"): position = secret.count
        case .backspace: remove(previous(position)..<position)
        case .delete, .control("d"): remove(position..<next(position))
        // Words of a secret must not show by how far a key goes: word keys take all.
        case .control("u"), .control("w"), Key(.backspace, .alt): remove(0..<position)
        case .control("k"), .alt("d"): remove(position..<secret.count)
        default: return false
        }
        return true
    }

    /// Inserts a paste as one edit. A line break at the end, as copied from a file, is dropped.
    public mutating func paste(_ pasted: String) {
        insert(pasted.unicodeScalars.lazy.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    }

    private mutating func insert(_ scalars: some Sequence<Unicode.Scalar>) {
        var piece: [UInt8] = []
        for scalar in scalars { piece.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
        let count = piece.count
        rebuild(removing: position..<position, inserting: &piece)
        position += count
    }

    private mutating func remove(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        var none: [UInt8] = []
        rebuild(removing: range, inserting: &none)
        position = range.lowerBound
    }

    private mutating func rebuild(removing range: Range<Int>, inserting piece: inout [UInt8]) {
        let old = secret
        var bytes = [UInt8]()
        // Reserved in full, so that growing never leaves a copy behind.
        bytes.reserveCapacity(old.count + piece.count)
        old.withBytes { bytes.append(contentsOf: $0[..<range.lowerBound]) }
        bytes.append(contentsOf: piece)
        old.withBytes { bytes.append(contentsOf: $0[range.upperBound...]) }
        piece.withUnsafeMutableBytes { SecretBytes.wipe($0) }
        secret = SecretBytes(consuming: &bytes)
        revision += 1
    }

    private func scalars(upTo end: Int) -> Int {
        secret.withBytes { bytes in bytes[..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }
    }

    private func previous(_ place: Int) -> Int {
        secret.withBytes { bytes in
            var index = place
            repeat { index -= 1 } while index > 0 && bytes[index] & 0xC0 == 0x80
            return max(0, index)
        }
    }

    private func next(_ place: Int) -> Int {
        secret.withBytes { bytes in
            guard place < bytes.count else { return bytes.count }
            var index = place + 1
            while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
            return index
        }
    }
}

extension MaskedEditor {
    /// Draws dots, scrolled so that the cursor is visible; returns the cursor's place.
    @discardableResult
    public func draw(
        on canvas: inout Canvas, in rect: Rect, style: Style, placeholder: String = "", isFocused: Bool = true
    ) -> Point {
        guard !rect.isEmpty else { return Point(x: rect.x, y: rect.y) }
        canvas.fill(rect.top(1), style: style)
        if isEmpty { canvas.put(placeholder, in: rect, style: style.with(.placeholderText)) }
        let first = max(0, (isFocused ? cursor : 0) - rect.width + 1)
        let dots = min(rect.width, dotCount - first)
        canvas.put(String(repeating: "•", count: max(0, dots)), in: rect, style: style)
        return Point(x: rect.x + cursor - first, y: rect.y)
    }
}
