/// How far a bill was extended when another extension of it was asked for: what became of that one is seen in the
/// difference.
public struct BillEnd: Hashable, Sendable {
    public var validUntil: Instant
    /// By whomever, as far as it was known.
    public var extensions: Int

    public init(validUntil: Instant, extensions: Int) {
        self.validUntil = validUntil
        self.extensions = extensions
    }
}
