import Domain
import Services

/// The filter of e-invoices: words for where they stand, a GSTIN for its client, anything else is looked for in number,
/// party and IRN.
struct EInvoiceFilter: Sendable {
    static let placeholder = "draft  findings  registered  doubt  refused  GSTIN  number  party  IRN"

    private static let words: [String: Set<EInvoiceStanding>] = [
        "work": [.inWork, .cancelling], "doubt": [.inDoubt], "attention": [.attention], "registered": [.registered],
        "generated": [.registered], "cancelled": [.cancelled], "cancelling": [.cancelling], "refused": [.refused],
        "discarded": [.discarded], "open": [.inWork, .inDoubt, .attention, .cancelling],
    ]
    /// As they stand on the screen.
    private static let phrases = [
        (phrase: "in doubt", word: "doubt"), (phrase: "in work", word: "work"),
        (phrase: "given up", word: "discarded"), (phrase: "held back", word: "findings"),
        (phrase: "in order", word: "draft"),
    ]

    private let standings: Set<EInvoiceStanding>
    private let wantsReady: Bool
    private let wantsFindings: Bool
    private let gstin: Gstin?
    private let text: String?

    init(_ typed: String) {
        var (standings, wantsReady, wantsFindings) = (Set<EInvoiceStanding>(), false, false)
        let found = FilterWords(typed, Self.phrases) { word in
            if word == "draft" || word == "drafts" { wantsReady = true }
            if word == "findings" { wantsFindings = true }
            standings.formUnion(Self.words[word] ?? [])
            return Self.words[word] != nil || ["draft", "drafts", "findings"].contains(word)
        }
        self.standings = standings
        self.wantsReady = wantsReady
        self.wantsFindings = wantsFindings
        gstin = found.gstin
        text = found.text
    }

    /// - Parameter leading: drafts that stand before the invoices.
    func query(leading: Int, page: Int, perPage: Int) -> EInvoiceQuery {
        var query = EInvoiceQuery(standings: standings, gstin: gstin, text: text, page: page, perPage: perPage)
        query.leading = leading
        query.isLeadingOnly = standings.isEmpty && (wantsReady || wantsFindings)
        return query
    }

    /// Those of the drafts that fit.
    func drafts(_ all: [InvoiceSurvey.Draft]) -> [InvoiceSurvey.Draft] {
        let wantsAll = standings.isEmpty && !wantsReady && !wantsFindings
        let wanted = text?.lowercased()
        return all.filter { draft in
            guard wantsAll || (draft.isInOrder ? wantsReady : wantsFindings) else { return false }
            guard gstin == nil || draft.gstin == gstin else { return false }
            guard let wanted else { return true }
            return [draft.title, draft.source, draft.irn ?? ""].contains { $0.lowercased().contains(wanted) }
        }
    }
}
