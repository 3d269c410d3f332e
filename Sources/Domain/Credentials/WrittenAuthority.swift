/// That a taxpayer allowed the firm in writing to enter the portal in their name.
public struct WrittenAuthority: Sendable, Hashable {
    public var givenOn: LegalDate
    /// Where the paper lies, in the firm's own words.
    public var note: String
    public var recordedBy: String
    public var recordedAt: Instant

    public init(givenOn: LegalDate, note: String, recordedBy: String, recordedAt: Instant) {
        self.givenOn = givenOn
        self.note = note
        self.recordedBy = recordedBy
        self.recordedAt = recordedAt
    }
}
