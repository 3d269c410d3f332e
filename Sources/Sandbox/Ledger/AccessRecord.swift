import Domain

/// One request that the sandbox answered, for those who compare what was served with what a client says it read.
public struct AccessRecord: Sendable, Hashable {
    public var at: Instant
    /// The call without its ids, as `SandboxServer.calls` names it.
    public var call: String
    /// Whose data was asked for, where the system knows it.
    public var identity: String?
    public var status: Int
    /// Whether a password was tried with this request and refused.
    public var refusedPassword: Bool
    /// Places whose whole list reached the client with this answer, with how many records they hold.
    public var served: [Place: Int]
}
