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

    /// Date of birth or incorporation, with which the portals close intimations.
    public var formedOn: LegalDate { Self.formedOn(pan: pan) }

    /// A day of the years 1960 to 2014, by the PAN alone.
    static func formedOn(pan: String) -> LegalDate {
        let first = LegalDate(year: 1960, month: 1, day: 1) ?? LegalDate(dayNumber: 0)
        return first.adding(days: pan.utf8.reduce(7) { ($0 * 31 + Int($1)) % 20_089 })
    }
}
