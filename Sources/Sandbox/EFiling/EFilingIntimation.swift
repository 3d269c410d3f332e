import Domain
import Wire

/// A return that was processed, as its list shows it, and the intimation that came of it.
struct EFilingIntimation: Sendable {
    /// What the activity of the return calls the intimation.
    let reference: String
    let row: EFilingReturn
    private(set) var file: EFilingFile

    init(_ notice: SandboxNotice, of account: DemoAccount, _ numbers: EFilingNumbers) {
        let facts = notice.notice
        let year = facts.period?.startYear ?? 2024
        let number = numbers.of("order \(facts.id)")
        reference = "CPC/\(year)/A5/\(number)"
        var row = EFilingReturn(
            acknowledgement:
                "\(numbers.of("return \(facts.id)"))\(numbers.of("receipt \(facts.id)") % 900_000 + 100_000)",
            year: year)
        row.formTypeCd = "5"
        row.incmTaxSecCd = "11"
        row.efileStatus = "62"
        let date = facts.issueDate.flatMap { LegalDate($0) }
        row.ackDt = date.map { LooseText(JavaDateText.text($0.adding(days: -60))) }
        row.itrPanDetlList = [
            EFilingActivity(code: 2, status: "Return e-verified"),
            Self.activity(
                reference, isRectification: facts.section == "154", issued: date,
                demand: number % 3 == 0 ? number % 50_000 + 1_000 : 0),
        ]
        self.row = row
        file = EFilingFile(
            id: number, name: "\(account.identity.text)_\(number).pdf", title: "Intimation",
            lines: ["SIMULATED - this is no intimation", account.identity.text],
            form: number % 2 == 0 ? .enveloped : .pdf)
        // Intimations are closed by PAN and date of birth or incorporation (facts: income-tax-traces 5.7).
        if number % 2 != 0 {
            let pan = account.identity.text
            file.password = pan.lowercased() + EFilingFile.stamp(DemoBusiness.formedOn(pan: pan))
        }
    }

    private static func activity(
        _ reference: String, isRectification: Bool, issued: LegalDate?, demand: Int64
    ) -> EFilingActivity {
        var detail = EFilingActivityDetail(reference: reference)
        detail.orderDt = issued.map { LooseText(JavaDateText.text($0)) }
        detail.computedDemndAmt = LooseText(demand)
        let text = (try? WireJSON.encode(detail)).map { String(decoding: $0, as: UTF8.self) }
        return EFilingActivity(
            code: isRectification ? 73 : 62,
            status: demand > 0
                ? "Processed with demand due"
                : isRectification ? "Rectification processed, no refund due" : "Processed with refund due", text: text
        )
    }
}
