/// When "not there" counts. An authority may still be writing what it was sent, so an early look proves nothing
/// (facts: reliability 5.7).
public struct SettleRule: Hashable, Sendable, Codable {
    /// From the end of the last attempt's time to the first look.
    public var firstLook: Duration
    /// From the end of the last attempt's time to the earliest "not there" that counts.
    public var final: Duration
    /// Between two "not there" that count.
    public var between: Duration

    public init(
        firstLook: Duration = .seconds(60), final: Duration = .seconds(600), between: Duration = .seconds(300)
    ) {
        self.firstLook = firstLook
        self.final = final
        self.between = between
    }

    /// What a "not there" at `now` means.
    ///
    /// - Parameters:
    ///   - sendDeadline: until when the last attempt could still have been sending.
    ///   - earlier: the first "not there" since then that counts.
    public func judge(now: Instant, sendDeadline: Instant, earlier: Instant?) -> Absence {
        let settled = sendDeadline + final
        if let earlier, earlier >= settled {
            let next = earlier + between
            return now >= next ? .proven : .lookAgain(at: next, counts: false)
        }
        return now >= settled ? .lookAgain(at: now + between, counts: true) : .lookAgain(at: settled, counts: false)
    }

    public enum Absence: Hashable, Sendable {
        case proven
        /// - counts: whether this "not there" is the first that counts.
        case lookAgain(at: Instant, counts: Bool)
    }
}
