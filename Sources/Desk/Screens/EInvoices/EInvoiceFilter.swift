import Domain

/// The filter of e-invoices: words for where they stand, a GSTIN for its client, anything else is looked for in number,
/// party and IRN.
enum EInvoiceFilter {
    static let placeholder = "registered  doubt  refused  GSTIN  number  party  IRN"

    private static let words: [String: Set<EInvoiceStanding>] = [
        "work": [.inWork, .cancelling], "doubt": [.inDoubt], "attention": [.attention], "registered": [.registered],
        "cancelled": [.cancelled], "cancelling": [.cancelling], "refused": [.refused], "discarded": [.discarded],
        "open": [.inWork, .inDoubt, .attention, .cancelling],
    ]
    /// As they stand on the screen.
    private static let phrases = [
        (phrase: "in doubt", word: "doubt"), (phrase: "in work", word: "work"),
        (phrase: "given up", word: "discarded"),
    ]

    static func query(_ text: String, page: Int, perPage: Int) -> EInvoiceQuery {
        var query = EInvoiceQuery(page: page, perPage: perPage)
        let typed = FilterWords(text, phrases) { word in
            guard let found = words[word] else { return false }
            query.standings.formUnion(found)
            return true
        }
        (query.gstin, query.text) = (typed.gstin, typed.text)
        return query
    }
}
