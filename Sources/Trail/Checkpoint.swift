import Foundation

/// What a trail looks like at one moment: its name, how many records it has, and the root of their tree (C2SP
/// tlog-checkpoint, without extension lines).
public struct Checkpoint: Hashable, Sendable {
    public var origin: String
    public var size: Int64
    public var root: TrailHash

    public init(origin: String, size: Int64, root: TrailHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The three lines that are signed.
    public var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }

    /// nil for anything but these three lines.
    public init?(text: String) {
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Substring.init)
        guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty, let size = Int64(lines[1]), size >= 0,
            String(size) == lines[1], let bytes = Data(base64Encoded: String(lines[2])), let root = TrailHash(bytes),
            root.base64 == lines[2]
        else { return nil }
        self.init(origin: String(lines[0]), size: size, root: root)
    }
}
