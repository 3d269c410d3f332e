import Domain

/// An invented business. Any likeness to a real one is chance.
public struct DemoBusiness: Sendable, Hashable {
    public var index: Int
    /// In Latin script, or in the script of its state.
    public var name: String
    public var pan: String
    public var gstin: String
    /// Only businesses that deduct tax have one.
    public var tan: String?
    /// The firm's word for a set of clients.
    public var group: String
}
