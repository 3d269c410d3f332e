import Domain
import Services
import TerminalKit

/// A bill of a file that was checked: a person says whether it is made.
struct BillOffer: Sendable, Hashable {
    var file: String
    /// Of what was looked at; nil until it was checked.
    var fingerprint: String?

    static let prompt = Prompt(
        id: "bill", title: "Make an e-way bill", label: "File",
        hint: "the system's own .json; checked first, nothing is sent", needed: "name the file, or leave with Esc")
}

extension EWayBillsScreen {
    func askForTemplate(_ context: ScreenContext) -> [Effect] {
        [
            .prompt(
                Prompt(
                    id: "template", title: "Write a bill to fill in", label: "File",
                    initial: "\(context.settings.exportFolder)/e-way-bill.json",
                    hint: "JSON with the system's own names; make the bill from it", needed: EInvoiceDeeds.fileNeeded))
        ]
    }

    /// nil for an answer to something else.
    mutating func answered(_ answer: Answer, _ context: ScreenContext) -> [Effect]? {
        switch answer {
        case .text("bill", let text):
            let file = text.trimmed
            guard !file.isEmpty else { return [] }
            offered = BillOffer(file: file)
            return [.eWayBills(.survey(file: file), context.ticket(0))]
        case .text("template", let file):
            template = file.trimmed
            return [
                .eWayBills(
                    .template(list.selected?.operation.gstin, file: template, replaces: false), context.ticket(0))
            ]
        case .yes("replace"):
            return [
                .eWayBills(.template(list.selected?.operation.gstin, file: template, replaces: true), context.ticket(0))
            ]
        case .text("ask", let text): return asking(text, context)
        case .yes("leave"):
            guard let offer = offered, let fingerprint = offer.fingerprint else { return [] }
            offered = nil
            return [.eWayBills(.makeFrom(file: offer.file, confirmed: fingerprint), context.ticket(0))]
        default: return nil
        }
    }

    /// What the system would refuse is shown whole, with every field; anything else is asked about.
    mutating func surveyed(_ survey: EWayBillService.Survey) -> [Effect] {
        guard let plan = survey.plan, let fingerprint = survey.draft.fingerprint else {
            offered = nil
            let count = DraftWords.count(survey.draft)
            return [.push(.draft(survey.draft)), .toast(Toast(.warning, "The bill is not made", detail: count))]
        }
        offered?.fingerprint = fingerprint
        let findings = survey.draft.findings
        let warnings = findings.enumerated().map { index, finding in
            Dialog.Fact(findings.count == 1 ? "Warning" : "Warning \(index + 1)", finding.line, .warning)
        }
        return [
            .ask(
                .leaving(
                    plan, title: "Make this e-way bill?", notes: warnings,
                    body: "It can be cancelled for 24 hours. "
                        + (survey.entersVehicle
                            ? "Its validity begins as soon as it is made."
                            : "Its validity begins when a vehicle is entered."),
                    yes: "Make it"))
        ]
    }
}
