/// How far a number of operations have come.
public struct OperationTally: Hashable, Sendable {
    /// Confirmed.
    public var filed: Int
    /// Refused, or given up.
    public var ended: Int
    /// Open, with nothing to be done right now: a later try, a later look, or a person's word.
    public var waiting: Int
    public var underWay: Int

    public init(filed: Int = 0, ended: Int = 0, waiting: Int = 0, underWay: Int = 0) {
        self.filed = filed
        self.ended = ended
        self.waiting = waiting
        self.underWay = underWay
    }

    public var total: Int { filed + ended + waiting + underWay }
}
