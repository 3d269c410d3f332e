import ArgumentParser
import Domain
import Services

/// `einvoice list`.
struct EInvoiceList: Performable {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The invoices that the desk knows, newest first: where each stands.")
    @Option(
        name: .long,
        help: "in_work, in_doubt, attention, registered, cancelling, cancelled, refused or discarded; several times.")
    var state: [EInvoiceStanding] = []
    @OptionGroup var wanted: DocumentListOptions

    private struct Row: Encodable {
        let state, gstin, title: String
        @OrNull var irn: String?
        @OrNull var ack_number: String?
        @OrNull var ack_at: String?
        @OrNull var total: String?
        @OrNull var cancel_until: String?
        let operation: String
        @OrNull var cancellation: String?
        @OrNull var cancelled_at: String?
        @OrNull var cancel_reason: String?
        @OrNull var cancel_remark: String?
        let message, provider: String
        @OrNull var simulated: Bool?

        init(_ invoice: EInvoice, _ simulations: ProviderSimulations) {
            provider = invoice.operation.provider
            simulated = simulations.isSimulated(invoice.operation.provider)
            state = invoice.standing.rawValue
            gstin = invoice.operation.gstin.text
            title = invoice.operation.title
            irn = invoice.irn
            ack_number = invoice.ackNumber.isEmpty ? nil : invoice.ackNumber
            ack_at = invoice.ackAt.map(TimeText.rfc3339)
            total = invoice.operation.total?.decimalText
            cancel_until = invoice.cancelUntil.map(TimeText.rfc3339)
            operation = invoice.operation.id.text
            cancellation = invoice.cancellation?.id.text
            cancelled_at = invoice.withdrawal?.at.map(TimeText.rfc3339)
            cancel_reason = invoice.withdrawal?.reason?.rawValue
            cancel_remark = invoice.withdrawal?.remark
            message = invoice.governing.message
        }
    }

    private struct Line: Encodable {
        let invoice: EInvoice
        let simulations: ProviderSimulations
        func encode(to encoder: any Encoder) throws { try Row(invoice, simulations).encode(to: encoder) }

        func cells(_ workspace: Workspace) -> [String] {
            let operation = invoice.operation
            return [
                invoice.standing.title, operation.gstin.text, operation.title, operation.total?.decimalText ?? "",
                workspace.shown(invoice.ackAt), invoice.ackNumber, invoice.irn ?? "",
                simulations.shown(operation.provider),
                invoice.withdrawal.map { workspace.told($0) } ?? invoice.governing.message,
            ]
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let (workspace, who) = try await wanted.enter(surroundings)
        let paging = wanted.paging
        let simulations = workspace.simulations()
        let page = try await workspace.eInvoices.page(
            EInvoiceQuery(
                standings: Set(state), gstin: who, text: wanted.text, page: paging.page, perPage: paging.perPage))
        try paging.print(
            page.rows, of: page.pageCount, total: page.total, damaged: page.damaged, wanted.output,
            header: ["STATE", "GSTIN", "DOCUMENT", "TOTAL", "REGISTERED", "ACK NO.", "IRN", "THROUGH", "MESSAGE"],
            as: { Line(invoice: $0, simulations: simulations) }
        ) { $0.cells(workspace) }
        return .done
    }
}

extension EInvoiceStanding: ExpressibleByArgument {}
