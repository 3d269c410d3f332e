import Domain
import Store

extension TdsRequestService {
    /// What a person fills in to have TRACES make a file; texts as they are typed.
    public struct Draft: Hashable, Sendable {
        public var kind = TdsRequest.Kind.justificationReport
        public var tan = ""
        /// Such as `2024-25`.
        public var year = ""
        /// 1 to 4.
        public var quarter = 1
        public var form = ""
        /// Of the regular statement, 15 digits.
        public var token = ""
        /// `BSR YYYY-MM-DD serial amount`, then `PAN=amount` up to three times; empty for a nil or book-entry challan.
        public var challan = ""

        public init() {}
    }

    /// The justification report of a default summary, whose reference is the token of its statement.
    ///
    /// - Throws: a `Complaint` (65) for another kind of notice, or a TAN whose provider asks TRACES for no files.
    public func draft(of id: NoticeId) async throws(Complaint) -> Draft {
        try await workspace.permit(.fetch, on: id.auditSubject)
        guard let notice = try await workspace.read({ try $0.notice(id) }), notice.facts.place == .defaultSummary else {
            throw Complaint("this is no default summary of TRACES", status: .badData)
        }
        // Told before anybody types a challan.
        try await requireServed(notice.identity)
        let words = notice.facts.period.split(separator: " ")
        guard words.count == 3, let quarter = Int(words[2].dropFirst()), (1...4).contains(quarter) else {
            throw Complaint("the period \(notice.facts.period) names no quarter", status: .badData)
        }
        var draft = Draft()
        (draft.tan, draft.year, draft.quarter) = (notice.identity.text, String(words[1]), quarter)
        (draft.form, draft.token) = (notice.facts.form, notice.facts.reference)
        return draft
    }

    /// Notes the wish and queues a fetch of the deductor, which asks the portal.
    ///
    /// - Throws: as `ask(_:of:)`, and 65 for what cannot be read.
    public func ask(_ draft: Draft) async throws(Complaint) -> Asked {
        guard let tan = try? PortalIdentity(.traces, draft.tan.trimmed) else {
            throw Self.unreadable("TAN", "it is 10 letters and digits, such as BLRA12345B")
        }
        try await workspace.permit(.fetch, on: tan.auditSubject)
        try await requireServed(tan)
        guard let period = try? YearPeriod(.financialYear, draft.year.trimmed) else {
            throw Self.unreadable("year", "it is a financial year such as 2024-25")
        }
        let wish = TdsWish(
            kind: draft.kind, year: period.startYear, quarter: draft.quarter, form: draft.form.trimmed.uppercased(),
            kyc: try Self.kyc(draft.token.trimmed, draft.challan))
        return try await ask(wish, of: tan)
    }

    private static func kyc(_ token: String, _ text: String) throws(Complaint) -> TdsKyc {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return TdsKyc(token: token) }
        guard words.count >= 4, let day = LegalDate(words[1]), let amount = Rupees(words[3]) else {
            throw unreadable("challan", "it is BSR code, day as YYYY-MM-DD, serial number, amount, then PAN=amount")
        }
        let challan = TdsKyc.Challan(
            bsrCode: String(words[0]), depositedOn: day, serial: String(words[2]), amount: amount)
        var kyc = TdsKyc(token: token, challan: challan)
        for word in words.dropFirst(4) {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let amount = Rupees(parts[1]) else {
                throw unreadable("challan", "\(word) is not PAN=amount")
            }
            kyc.deductees.append(TdsKyc.Deductee(pan: parts[0].uppercased(), amount: amount))
        }
        return kyc
    }

    private static func unreadable(_ what: String, _ why: String) -> Complaint {
        Complaint("this \(what) cannot be read", why: HarmlessText.line(why, limit: 120), status: .badData)
    }
}
