import Domain

/// An invoice that came from rows of a sheet, with what is wrong with it.
public struct InvoiceDraft: Sendable {
    public var invoice: Invoice
    /// The line of each item, from 1.
    public var lines: [Int]
    /// Of its cells and of the rules, each with file and line.
    public var findings: [Finding]
}

/// What a sheet of drafts holds.
public struct DraftSheet: Sendable {
    /// In the order in which their numbers first occur.
    public var drafts: [InvoiceDraft] = []
    /// Of the sheet itself: columns that are unknown or missing, rows that belong to no document.
    public var findings: [Finding] = []

    public var allowSending: Bool { findings.allowSending && drafts.allSatisfy(\.findings.allowSending) }
}
