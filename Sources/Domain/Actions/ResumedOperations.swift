/// What became of actions whose hindrance is gone.
public struct ResumedOperations: Hashable, Sendable {
    /// Of which nothing ever left: they are queued again.
    public var queued: Int
    /// Of which something may have left: the authority is asked for them.
    public var looked: Int

    public init(queued: Int = 0, looked: Int = 0) {
        self.queued = queued
        self.looked = looked
    }
}
