import Domain

extension EInvoiceService.Wanted {
    /// A registered invoice as somebody types it: its IRN, or `TYPE/NUMBER/DATE` of a seller.
    ///
    /// - Parameter seller: needed for a document.
    /// - Throws: a `Complaint` (64) for anything else.
    public init(document: String, seller: Gstin?) throws(Complaint) {
        guard let seller else {
            throw Complaint(
                "a document is looked for by its seller's GSTIN too", why: "its number alone is not one invoice's",
                remedy: "Name the seller's GSTIN beside it", status: .usage)
        }
        // Numbers hold slashes themselves.
        let parts = document.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, let type = DocumentKind(rawValue: parts[0].uppercased()),
            let date = LegalDate(typed: parts[parts.count - 1])
        else {
            throw Complaint(
                "\(HarmlessText.line(document, limit: 60)) is no document", why: "it is TYPE/NUMBER/DATE",
                remedy: "Write it such as INV/GE-7/2026-11-20", status: .usage)
        }
        self = .document(
            seller, type: type, number: parts[1..<(parts.count - 1)].joined(separator: "/"), date: date)
    }
}
