/// Where a connector takes its randomness from: jitter and request ids. An input, so that tests are repeatable.
public struct RandomSource: Sendable, RandomNumberGenerator {
    private let draw: @Sendable () -> UInt64

    public init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

    public static let system = RandomSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    public func next() -> UInt64 { draw() }

    /// 32 hexadecimal characters.
    var identifier: String {
        [draw(), draw()].map { value in
            let text = String(value, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
