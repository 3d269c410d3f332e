import Domain
import Services

/// What is asked of e-invoices.
public enum EInvoiceWish: Hashable, Sendable {
    case page(EInvoiceQuery)
    case dossier(OperationId, drawsQr: Bool)
    /// Reads and checks files; sends nothing.
    case survey(paths: [String])
    /// Ends the reading that is under way; nothing comes of it any more.
    case stopSurvey
    /// Queues what a person has confirmed, by the fingerprints of the survey.
    case register(paths: [String], provider: String, isChosen: Bool, confirmed: Set<String>)
    case cancelPlan(irn: String, InvoiceCancelReason, remark: String)
    case cancel(irn: String, InvoiceCancelReason, remark: String)
    case verify(irn: String, file: String)
    case export(irn: String, file: String, replaces: Bool)
    /// Asks the portal for an invoice, whoever registered it.
    case ask(EInvoiceService.Wanted, asker: Gstin?)
    /// The sheet of drafts with its titles.
    case template(file: String, replaces: Bool)

    static func survey(
        _ paths: [String], _ workspace: Workspace, progress: @Sendable (Int, Int) -> Void
    ) async throws(Complaint) -> Loaded {
        var survey = try await workspace.invoiceBatch.survey(
            paths.map { workspace.path(typed: $0) }, progress: progress)
        survey.paths = paths
        return .surveyed(survey)
    }

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let invoices = workspace.eInvoices
        switch self {
        case .page(let query): return .eInvoices(try await invoices.page(query))
        case .dossier(let id, let drawsQr): return .eInvoice(try await invoices.dossier(id, drawsQr: drawsQr))
        case .survey(let paths): return try await Self.survey(paths, workspace) { _, _ in }
        // The runner's own.
        case .stopSurvey: return .done("")
        case .register(let paths, let provider, let isChosen, let confirmed):
            return .queued(
                try await workspace.invoiceBatch.queue(
                    paths.map { workspace.path(typed: $0) }, provider: provider, isChosen: isChosen,
                    confirmed: confirmed))
        case .cancelPlan(let irn, let reason, let remark):
            return .planned(try await invoices.cancelPlan(irn: irn, reason: reason, remark: remark))
        case .cancel(let irn, let reason, let remark):
            let operation = try await invoices.cancel(irn: irn, reason: reason, remark: remark)
            return .done("The cancellation of \(operation.title) is queued")
        case .verify(let irn, let file):
            return .verdict(try await invoices.verify(irn: irn, against: workspace.path(typed: file)))
        case .export(let irn, let file, let replaces):
            let path = workspace.path(typed: file)
            if !replaces, workspace.hasFile(at: path) { return .fileExists(file) }
            try await invoices.export(
                irn: irn, as: .init(fileName: file), to: .file(path, replaces: true))
            return .done("Written to \(file)")
        case .ask(let wanted, let asker): return .readInvoice(try await invoices.ask(wanted, gstin: asker))
        case .template(let file, let replaces):
            let path = workspace.path(typed: file)
            if !replaces, workspace.hasFile(at: path) { return .fileExists(file) }
            try await invoices.exportTemplate(to: .file(path, replaces: true))
            return .done("Written to \(file)")
        }
    }
}
