/// Names one action for good, in every workspace: a UUID of version 7, so that ids sort by the moment they were made
/// (RFC 9562, 5.7).
public struct OperationId: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Lower case, with hyphens.
    public let text: String

    /// - Parameter random: ten random bytes; fewer are filled up with zeros.
    public init(at moment: Instant, random: some Sequence<UInt8>) {
        let time = UInt64(bitPattern: max(moment.milliseconds, 0)) & 0xFFFF_FFFF_FFFF
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * UInt64($0))) }
        bytes += random.prefix(10)
        bytes += [UInt8](repeating: 0, count: 16 - bytes.count)
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.flatMap { [$0 >> 4, $0 & 15] }.map { Array("0123456789abcdef")[Int($0)] }
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        text = groups.map { String($0) }.joined(separator: "-")
    }

    /// - Returns: nil for what is no UUID; upper case is forgiven.
    public init?(_ text: some StringProtocol) {
        let lowered = text.lowercased()
        let groups = lowered.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
            groups.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } })
        else { return nil }
        self.text = lowered
    }

    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    public var description: String { text }
}
