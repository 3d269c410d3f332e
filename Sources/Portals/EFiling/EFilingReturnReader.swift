import Domain
import Wire

/// Reads the returns screen for what was ordered on them: intimations under 143(1) and rectifications under 154. The
/// returns themselves are no notices.
struct EFilingReturnReader: Sendable {
    /// Orders of earlier years are mailed on request and cannot be downloaded.
    private static let firstDownload = 2017

    let session: EFilingSession
    let user: String
    let files: EFilingFiles
    let reporter: any FetchReporter

    func read() async throws(PortalFailure) -> EFilingFindings {
        var asked = EFilingRequest(.returns, form: EFiling.Form.returns)
        asked.entityNum = user
        let answer = try await session.decode(EFilingReturns.self, try .asking(.services, asked))
        var findings = EFilingFindings()
        for record in answer.rows {
            guard let row = record.row, let number = row.ackNum?.filled else {
                await files.setAside(.returns, "", "a return without an acknowledgement number", record.raw, &findings)
                continue
            }
            if await session.ending != nil { break }
            guard let activities = row.itrPanDetlList else {
                await files.setAside(.returns, number, "a return without its activities", record.raw, &findings)
                continue
            }
            for activity in activities {
                guard let section = activity.orderSection else { continue }
                let detail = Self.detail(activity)
                guard let reference = detail?.commRefNo?.filled else {
                    await files.setAside(
                        .returns, number, "an order under \(section) without its reference", record.raw, &findings)
                    continue
                }
                await take(row, activity, section, reference, detail, record, &findings)
            }
        }
        return findings
    }

    private func take(
        _ row: EFilingReturn, _ activity: EFilingActivity, _ section: String, _ reference: String,
        _ detail: EFilingActivityDetail?, _ record: WireRecord<EFilingReturn>, _ findings: inout EFilingFindings
    ) async {
        let title = section == "154" ? "Rectification order" : "Intimation after processing"
        let status = activity.statusDesc ?? ""
        var facts = NoticeFacts(
            externalKey: EFilingKey.plain("return:\(reference)"), place: .returns,
            reference: HarmlessText.line(reference, limit: 120), section: section,
            summary: HarmlessText.line(status.isEmpty ? title : "\(title): \(status)", limit: 400),
            period: EFilingPeriod(row.assmentYear, nil).text, state: .closed,
            rawState: HarmlessText.line(status, limit: 80))
        facts.act = EFilingPeriod(row.assmentYear, nil).act(section: section, words: status)
        if let form = row.formTypeCd?.filled { facts.form = HarmlessText.line("ITR-\(form)", limit: 40) }
        var unread: [String] = []
        let made = detail?.orderDt ?? detail?.intimationDt
        facts.issuedOn = EFilingDates.date(made)
        if facts.issuedOn == nil, let text = made?.filled {
            facts.unread.insert(.issuedOn)
            unread.append("the date of \(reference) is no date: \(text.prefix(40))")
        }
        if let text = detail?.computedDemndAmt?.filled {
            if let amount = Rupees(text) {
                facts.demand = amount.paise > 0 ? amount : nil
            } else {
                facts.unread.insert(.demand)
                unread.append("the demand of \(reference) is no amount: \(text.prefix(40))")
            }
        }
        if (facts.demand?.paise ?? 0) > 0 {
            // 30 days to pay (facts: income-tax-traces 8). Whether it was paid is told on another screen, so people say it.
            (facts.state, facts.rawState) = (.open, "")
        }
        await files.setAside(facts, unread: unread, record.raw, &findings)
        if (row.assmentYear?.number ?? .max) >= Self.firstDownload {
            facts.documents = await document(row, reference, title, &findings)
            facts.particulars.leftOut = facts.documents.map(\.externalId).filter(findings.leftOut.contains)
        } else {
            await reporter.log(.info, "document", "\(facts.reference): the portal mails orders of that year on request")
        }
        findings.facts.append(facts)
    }

    private func document(
        _ row: EFilingReturn, _ reference: String, _ title: String, _ findings: inout EFilingFindings
    ) async -> [NoticeDocument] {
        var asked = EFilingRequest()
        asked.refno = reference
        asked.year = row.assmentYear?.filled
        asked.entityNum = user
        guard let call = try? EFilingCaller.Call.asking(.intimation, asked) else { return [] }
        return await files.fetch([.init(id: reference, name: "\(title).pdf", call: call)], of: reference, &findings)
    }

    /// JSON within a text; an activity without one has no order behind it.
    private static func detail(_ activity: EFilingActivity) -> EFilingActivityDetail? {
        guard let text = activity.activityTxt else { return nil }
        return try? WireJSON.decode(EFilingActivityDetail.self, from: Array(text.utf8)).payload
    }
}
