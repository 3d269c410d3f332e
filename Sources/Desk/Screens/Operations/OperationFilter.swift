import Domain

/// The filter of actions: words for states and kinds, a GSTIN for its client, anything else is looked for in number, party
/// and reference.
enum OperationFilter {
    private static let states: [String: Set<OperationState>] = [
        "queued": [.queued, .sealed, .approved, .resendOk], "sending": [.intent], "doubt": [.unknown, .reconciling],
        "retrying": [.notSent], "attention": [.conflict, .attention], "done": [.filed],
        "rejected": [.rejected], "discarded": [.discarded],
        "open": Set(OperationState.allCases.filter { !$0.isFinished }),
    ]
    private static let kinds: [String: Set<OperationKind>] = [
        "einvoice": [.einvoiceGenerate, .einvoiceCancel],
        "cancel": [.einvoiceCancel, .ewaybillCancel],
        "ewaybill": Set(OperationKind.allCases.filter { $0.rawValue.hasPrefix("ewaybill") }),
    ]
    /// As they stand on the screen.
    private static let phrases = [
        (phrase: "in doubt", word: "doubt"), (phrase: "not sent", word: "retrying"),
        (phrase: "e-way bill", word: "ewaybill"), (phrase: "e-way", word: "ewaybill"),
        (phrase: "e-invoice", word: "einvoice"),
    ]

    static func query(_ text: String, page: Int, perPage: Int) -> OperationQuery {
        var query = OperationQuery(order: .openFirst, page: page, perPage: perPage)
        let typed = FilterWords(text, phrases) { word in
            query.states.formUnion(states[word] ?? [])
            query.kinds.formUnion(kinds[word] ?? [])
            return states[word] != nil || kinds[word] != nil
        }
        (query.gstin, query.text) = (typed.gstin, typed.text)
        return query
    }
}
