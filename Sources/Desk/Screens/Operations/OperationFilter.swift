import Domain

/// The filter of actions: words for states and kinds, anything else is looked for in number, party and reference.
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
        (phrase: "e-way bill", word: "ewaybill"), (phrase: "e-invoice", word: "einvoice"),
    ]

    static func query(_ text: String, page: Int, perPage: Int) -> OperationQuery {
        var query = OperationQuery(page: page, perPage: perPage)
        var rest: [Substring] = []
        for word in ShownWords.joined(text, phrases).split(whereSeparator: \.isWhitespace) {
            let lower = word.lowercased()
            if let found = states[lower] {
                query.states.formUnion(found)
            } else if let found = kinds[lower] {
                query.kinds.formUnion(found)
            } else {
                rest.append(word)
            }
        }
        query.text = rest.isEmpty ? nil : rest.joined(separator: " ")
        return query
    }
}
