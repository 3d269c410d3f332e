import ArgumentParser
import Domain
import Foundation
import Services

/// `einvoice get`.
struct EInvoiceGet: Performable {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "A registered invoice: number, day, signed texts; as it is kept, or from the portal.",
        discussion: """
            What is not kept here is asked for at the registration portal, which shows an invoice to its seller and its \
            buyer for about two days. What comes is verified and kept as evidence. The answer says where it comes from.
            """)
    @Argument(help: "The IRN.") var irn: String?
    @Option(name: .long, help: "TYPE/NUMBER/DATE, such as INV/GE-7/2026-11-20 or INV/GE-7/20-11-2026.")
    var document: String?
    @Option(name: .long, help: "Who asks: the seller with --document, where several could be; else seller or buyer.")
    var gstin: String?
    @Flag(name: .long, help: "Ask the portal, whatever is kept.") var portal = false
    @Option(name: .long, help: "Ask through this provider.") var provider: String?
    @OptionGroup var place: HomeOption
    @OptionGroup var output: JsonFlag

    private struct Row: Encodable {
        let irn, ack_number, gstin, title, state, provider, source: String
        @OrNull var operation: String?
        @OrNull var read_at: String?
        @OrNull var ack_at: String?
        @OrNull var total: String?
        @OrNull var cancel_until: String?
        @OrNull var cancellation: String?
        @OrNull var cancelled_at: String?
        @OrNull var cancel_reason: String?
        @OrNull var cancel_remark: String?
        @OrNull var signed_invoice: String?
        @OrNull var signed_qr: String?
        @OrNull var warning: String?
        @OrNull var simulated: Bool?

        init(_ invoice: KeptInvoice) {
            let operation = invoice.operation
            irn = invoice.irn
            ack_number = invoice.ackNumber
            gstin = operation.gstin.text
            title = operation.title
            state = invoice.isCancelled ? "cancelled" : "registered"
            provider = operation.provider
            source = "kept"
            self.operation = operation.id.text
            ack_at = invoice.ackAt.map(TimeText.rfc3339)
            total = operation.total?.decimalText
            cancel_until = invoice.isCancelled ? nil : invoice.cancelUntil.map(TimeText.rfc3339)
            cancellation = invoice.cancellation?.id.text
            cancelled_at = invoice.withdrawal?.at.map(TimeText.rfc3339)
            cancel_reason = invoice.withdrawal?.reason?.rawValue
            cancel_remark = invoice.withdrawal?.remark
            signed_invoice = invoice.signedInvoice
            signed_qr = invoice.signedQr
            warning = invoice.warning
        }

        init(_ invoice: ReadInvoice, source: String) {
            irn = invoice.irn
            ack_number = invoice.ackNumber
            gstin = invoice.sellerGstin
            title = "\(invoice.title) for \(invoice.buyerGstin)"
            state = invoice.isCancelled.map { $0 ? "cancelled" : "registered" } ?? "unknown"
            provider = invoice.provider
            self.source = source
            read_at = TimeText.rfc3339(invoice.readAt)
            ack_at = invoice.ackAt.map(TimeText.rfc3339)
            total = Money.text(invoice.total)
            signed_invoice = invoice.signedInvoice
            signed_qr = invoice.signedQr
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let asker = try gstin.map { text throws(Complaint) in try Identity.gstin(text) }
        try check()
        var workspace = try await place.enter(surroundings, opensVault: portal)
        let wanted = try await wanted(asker, workspace)
        var found = portal ? nil : try await workspace.eInvoices.held(wanted)
        if found == nil {
            if !portal {
                workspace.close()
                workspace = try await place.enter(surroundings, opensVault: true)
            }
            found = .readNow(try await workspace.eInvoices.ask(wanted, gstin: asker, provider: provider))
        }
        let simulations = workspace.simulations()
        var told = try Self.told(found, workspace, simulations)
        told.row.simulated = simulations.isSimulated(told.row.provider)
        try Rows(json: output.json).print(
            [told.row], header: ["STATE", "ACKNOWLEDGED", "ACK NO.", "GSTIN", "DOCUMENT", "TOTAL", "THROUGH", "IRN"]
        ) {
            [
                Self.title(of: $0.state), workspace.shown(told.acknowledged), $0.ack_number, $0.gstin, $0.title,
                $0.total ?? "", simulations.shown($0.provider), $0.irn,
            ]
        }
        if let warning = told.row.warning { Messages.line("! the portal's signature: \(warning)") }
        if let withdrawal = told.withdrawal { Messages.line("\(workspace.told(withdrawal).startingUpper).") }
        Messages.line(told.origin)
        return .done
    }

    private struct Told {
        var row: Row
        let acknowledged: Instant?
        let origin: String
        var withdrawal: InvoiceWithdrawal?
    }

    private static func told(
        _ found: EInvoiceService.Found?, _ workspace: Workspace, _ simulations: ProviderSimulations
    ) throws(Complaint) -> Told {
        switch found {
        case .kept(let invoice):
            return Told(
                row: Row(invoice), acknowledged: invoice.ackAt,
                origin: "As it was kept when it was registered from here.", withdrawal: invoice.withdrawal)
        case .readBefore(let invoice):
            let moment = workspace.shown(invoice.readAt)
            return Told(
                row: Row(invoice, source: "read_before"), acknowledged: invoice.ackAt,
                origin: "As \(simulations.shown(invoice.provider)) showed it on \(moment); --portal asks again.")
        case .readNow(let invoice):
            return Told(
                row: Row(invoice, source: "portal"), acknowledged: invoice.ackAt,
                origin: "As \(simulations.shown(invoice.provider)) shows it now; its signature fits.")
        case nil: throw Complaint("nothing was found", status: .badData)
        }
    }

    private static func title(of state: String) -> String {
        EInvoiceStanding(rawValue: state)?.title ?? "Not told"
    }

    private func check() throws(Complaint) {
        guard (irn == nil) != (document == nil) else {
            throw Complaint("an IRN or --document is needed, one of them", status: .usage)
        }
    }

    private func wanted(
        _ asker: Gstin?, _ workspace: Workspace
    ) async throws(Complaint) -> EInvoiceService.Wanted {
        if let irn { return .irn(irn) }
        let document = document ?? ""
        if let asker { return try EInvoiceService.Wanted(document: document, seller: asker) }
        return try EInvoiceService.Wanted(
            document: document, seller: try await workspace.eInvoices.seller(of: document))
    }
}
