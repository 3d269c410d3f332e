import Domain

/// What tells an invoice from others: its document, and what would be asked for it.
struct InvoiceIdentity: Sendable, Hashable {
    /// The natural key.
    var key: String
    var fingerprint: String
    /// As it will be.
    var irn: String?
    /// `INV GE-7`.
    var document: String
    /// The same with the buyer.
    var title: String

    /// nil as long as the invoice lacks its number, its date or its seller.
    init?(_ invoice: Invoice) {
        guard let request = try? EInvoiceService.request(invoice, [], provider: { _ in "" }) else { return nil }
        (key, fingerprint, irn, title) = (
            request.businessKey, request.fingerprint, request.expectedReference, request.title
        )
        document = [invoice.document.type, invoice.document.number].compactMap { $0?.filled }.joined(separator: " ")
    }
}

/// Documents that stand more than once in what is read together. A portal takes the first of them and refuses the others, and
/// which one is right only a person can say.
enum InvoiceTwins {
    typealias Candidate = (identity: InvoiceIdentity?, source: String)

    /// - Returns: by place: an error for a document that stands elsewhere with other content, a warning for one that stands
    ///   there again as it is.
    static func findings(_ candidates: [Candidate]) -> [Int: Finding] {
        var places: [String: [Int]] = [:]
        for (place, candidate) in candidates.enumerated() {
            if let key = candidate.identity?.key { places[key, default: []].append(place) }
        }
        var findings: [Int: Finding] = [:]
        for group in places.values where group.count > 1 {
            let first = group[0]
            let other = group.first { fingerprint($0) != fingerprint(first) }
            func fingerprint(_ place: Int) -> String? { candidates[place].identity?.fingerprint }
            for place in group {
                let document = candidates[place].identity?.document ?? ""
                if let other {
                    let twin = fingerprint(place) == fingerprint(first) ? other : first
                    findings[place] = finding(
                        .error, "document.twice", "\(document) stands with other content in \(candidates[twin].source)",
                        "Keep the right one of the two, or give one of them another number")
                } else if place != first {
                    findings[place] = finding(
                        .warning, "document.repeated", "\(document) stands in \(candidates[first].source) already",
                        "It is registered once")
                }
            }
        }
        return findings
    }

    private static func finding(
        _ severity: Finding.Severity, _ rule: String, _ problem: String, _ remedy: String
    ) -> Finding {
        Finding(severity, at: "DocDtls.No", rule: rule, problem, remedy: remedy)
    }
}
