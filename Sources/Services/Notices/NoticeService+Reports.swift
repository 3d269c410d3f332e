import Domain
import Store

extension NoticeService {
    /// Has TRACES asked for the justification report of a default summary, whose reference is the token of its statement.
    ///
    /// - Parameter challan: `BSR YYYY-MM-DD serial amount`, then `PAN=amount` up to three times; empty for a nil or
    ///   book-entry challan.
    /// - Throws: a `Complaint` (65) for another kind of notice, or a challan that cannot be read.
    public func askForReport(of id: NoticeId, challan: String) async throws(Complaint) {
        try await workspace.permit(.fetch)
        guard let notice = try await workspace.read({ try $0.notice(id) }), notice.facts.place == .defaultSummary else {
            throw Complaint("this is no default summary of TRACES", status: .badData)
        }
        let words = notice.facts.period.split(separator: " ")
        guard words.count == 3, let period = try? YearPeriod(.financialYear, String(words[1])),
            let quarter = Int(words[2].dropFirst()), (1...4).contains(quarter)
        else { throw Complaint("the period \(notice.facts.period) names no quarter", status: .badData) }
        let wish = TdsWish(
            kind: .justificationReport, year: period.startYear, quarter: quarter, form: notice.facts.form,
            kyc: try Self.kyc(notice.facts.reference, challan))
        _ = try await workspace.tdsRequests.ask(wish, of: notice.identity)
    }

    private static func kyc(_ token: String, _ text: String) throws(Complaint) -> TdsKyc {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return TdsKyc(token: token) }
        guard words.count >= 4, let day = LegalDate(words[1]), let amount = Rupees(words[3]) else {
            throw unreadable("it is BSR code, day as YYYY-MM-DD, serial number, amount, then PAN=amount")
        }
        let challan = TdsKyc.Challan(
            bsrCode: String(words[0]), depositedOn: day, serial: String(words[2]), amount: amount)
        var kyc = TdsKyc(token: token, challan: challan)
        for word in words.dropFirst(4) {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let amount = Rupees(parts[1]) else { throw unreadable("\(word) is not PAN=amount") }
            kyc.deductees.append(TdsKyc.Deductee(pan: parts[0].uppercased(), amount: amount))
        }
        return kyc
    }

    private static func unreadable(_ why: String) -> Complaint {
        Complaint("this challan cannot be read", why: HarmlessText.line(why, limit: 120), status: .badData)
    }
}
