import Domain

/// What kind of notice a place may hold (facts: gstn-taxpayer 7.4, income-tax-traces 8).
struct NoticeTemplate: Sendable {
    var place: Place
    var form: String
    var section: String
    var title: String
    /// From issue to the date that the portal prints; nil when it prints none.
    var due: DueRule.Length?
    var hasDemand = false
    var status = "open"

    static func of(_ place: Place) -> [NoticeTemplate] { byPlace[place] ?? [] }

    private static let byPlace = Dictionary(grouping: gst + incomeTax + traces, by: \.place)

    private static let gst: [NoticeTemplate] = [
        .init(place: .notices, form: "GSTR-3A", section: "46", title: "Return not filed", due: .days(15)),
        .init(
            place: .notices, form: "REG-17", section: "29(2)", title: "Show cause for cancellation of registration",
            due: .workingDays(7)),
        .init(
            place: .notices, form: "ASMT-10", section: "61", title: "Discrepancies found in scrutiny of returns",
            due: .days(30)),
        .init(
            place: .notices, form: "DRC-01B", section: "75(12)", title: "Difference between GSTR-1 and GSTR-3B",
            due: .days(7), hasDemand: true),
        .init(
            place: .notices, form: "DRC-01C", section: "16(2)", title: "Input credit taken beyond GSTR-2B",
            due: .days(7),
            hasDemand: true),
        .init(
            place: .additionalNotices, form: "DRC-01", section: "73", title: "Show cause: tax short paid",
            due: .days(30),
            hasDemand: true),
        .init(
            place: .additionalNotices, form: "RFD-08", section: "54", title: "Show cause: refund not admissible",
            due: .days(15), hasDemand: true),
        .init(
            place: .additionalNotices, form: "DRC-07", section: "73(9)", title: "Demand order", due: nil,
            hasDemand: true, status: "closed"),
        .init(place: .additionalNotices, form: "ADT-01", section: "65", title: "Intimation of audit", due: .days(15)),
    ]

    private static let incomeTax: [NoticeTemplate] = [
        .init(place: .selfFya, form: "", section: "143(2)", title: "Scrutiny of the return", due: .days(15)),
        .init(
            place: .selfFya, form: "", section: "142(1)", title: "Inquiry: accounts and documents called for",
            due: .days(15)),
        .init(place: .selfFya, form: "ITR-6", section: "139(9)", title: "Defective return", due: .days(15)),
        .init(
            place: .selfFya, form: "", section: "148A", title: "Why the assessment should not be reopened",
            due: .days(14)),
        .init(
            place: .selfFyi, form: "", section: "143(1)(a)", title: "Proposed adjustment, answered", due: .days(30),
            status: "closed"),
        .init(place: .selfFyi, form: "", section: "250", title: "Hearing of the appeal fixed", due: nil),
        .init(
            place: .thirdPartyFya, form: "", section: "133(6)", title: "Information called for about a supplier",
            due: .days(10)),
        .init(
            place: .thirdPartyFyi, form: "", section: "133(6)", title: "Information given about a customer",
            due: nil, status: "closed"),
        .init(place: .demand, form: "", section: "156", title: "Notice of demand", due: .days(30), hasDemand: true),
        .init(place: .returns, form: "ITR-5", section: "143(1)", title: "Intimation after processing", due: nil),
        .init(
            place: .returns, form: "ITR-5", section: "154", title: "Rectification order", due: nil, status: "closed"
        ),
        .init(
            place: .setOff245, form: "", section: "245", title: "Refund to be set off against a demand", due: .days(21),
            hasDemand: true),
    ]

    private static let traces: [NoticeTemplate] = [
        .init(
            place: .communications, form: "26Q", section: "201", title: "Deductor held in default", due: .days(30),
            hasDemand: true),
        .init(
            place: .communications, form: "27EQ", section: "206CB", title: "TCS statement processed with default",
            due: nil, hasDemand: true),
        .init(
            place: .defaultSummary, form: "26Q", section: "200A", title: "Default intimation", due: nil,
            hasDemand: true),
        .init(
            place: .defaultSummary, form: "24Q", section: "154", title: "Intimation after correction", due: nil,
            hasDemand: true),
        .init(
            place: .defaultSummary, form: "140", section: "234E", title: "Fee for a late statement", due: nil,
            hasDemand: true),
        .init(
            place: .outstandingDemand, form: "26Q", section: "220(2)", title: "Outstanding demand with interest",
            due: nil, hasDemand: true),
        .init(
            place: .requests, form: "26Q", section: "", title: "Justification report requested: Available",
            due: nil, status: "closed"),
        .init(place: .requests, form: "24Q", section: "", title: "Conso file requested: Submitted", due: nil),
    ]
}
