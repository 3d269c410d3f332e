/// What is uncertain about NIC, or differs between its portals (facts: nic-einvoice-ewb 1.4, 9, 10).
public struct NicPlay: Sendable {
    /// Life of a token of an IRP; of the EWB system.
    public var tokenLife = Duration.seconds(3_600)
    public var ewbTokenLife = Duration.seconds(21_600)
    /// Days from a document's date within which it must be registered; nil for no limit.
    public var reportingDays: Int? = 30
    /// Days for which a registered invoice can be fetched.
    public var getWindowDays = 2
    /// Logins at EWB, and lists for transporters, that a GSTIN has in a quarter of an hour.
    public var loginsInWindow = 5
    public var listsInWindow = 50
    /// Name under which invoices are signed.
    public var issuer = "NIC Sandbox"

    public init() {}
}
