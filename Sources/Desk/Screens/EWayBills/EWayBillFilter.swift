import Domain

/// The filter of e-way bills: words for where they stand, a GSTIN for its client, anything else is looked for in number,
/// document, party and vehicle.
enum EWayBillFilter {
    static let placeholder = "soon  expired  valid  doubt  GSTIN  number  party  vehicle"

    private static let words: [String: Set<EWayBillStanding>] = [
        "work": [.inWork], "doubt": [.inDoubt], "attention": [.attention], "valid": [.valid, .expiring],
        "soon": [.expiring], "expired": [.expired], "cancelled": [.cancelled], "refused": [.refused],
        "discarded": [.discarded], "parta": [.partA], "open": [.inWork, .inDoubt, .attention],
    ]
    /// As they stand on the screen.
    private static let phrases = [
        (phrase: "expires soon", word: "soon"), (phrase: "in doubt", word: "doubt"),
        (phrase: "in work", word: "work"), (phrase: "no vehicle", word: "parta"),
        (phrase: "given up", word: "discarded"),
    ]

    /// - Parameter isWatching: bills that end soon or can still be extended, the first to end first.
    static func query(
        _ text: String, isWatching: Bool, now: Instant, page: Int, perPage: Int
    ) -> EWayBillQuery {
        var query = EWayBillQuery(now: now, page: page, perPage: perPage)
        let typed = FilterWords(text, phrases) { word in
            guard let found = words[word] else { return false }
            query.standings.formUnion(found)
            return true
        }
        (query.gstin, query.text) = (typed.gstin, typed.text)
        if isWatching {
            // By their end, and what was typed narrows that: else a change that is in doubt takes no bill off the list.
            query.endsAfter = EWayBillValidity.extensionWindow(now).lowerBound
            query.order = .end
        }
        return query
    }
}
