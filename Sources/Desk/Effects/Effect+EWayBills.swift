import Domain
import Services

/// What is asked of e-way bills.
public enum EWayBillWish: Hashable, Sendable {
    /// The settings say what "soon" means.
    case page(EWayBillQuery)
    case kept(String)
    case plan(EWayBillChange)
    case change(EWayBillChange)
    /// A bill for a registered invoice.
    case planNew(EWayBillByIrn)
    case make(EWayBillByIrn)
    /// Several bills that go on in one vehicle; `asker` where they were made by several.
    case planTrip(ConsolidatedEWayBill, asker: Gstin?)
    case makeTrip(ConsolidatedEWayBill, asker: Gstin?)
    /// Asks the system how a bill stands, whoever made it.
    case ask(String, asker: Gstin?)
    /// Reads and checks a bill in a file; sends nothing.
    case survey(file: String)
    /// A bill to fill in.
    case template(Gstin?, file: String, replaces: Bool)
    /// Queues the bill of a file that a person has confirmed, by its fingerprint.
    case makeFrom(file: String, confirmed: String)

    func loaded(from workspace: Workspace) async throws(Complaint) -> Loaded {
        let bills = workspace.eWayBills
        switch self {
        case .page(var query):
            query.soon = bills.soon
            return .eWayBills(try await bills.page(query))
        case .kept(let number): return .eWayBill(try await bills.kept(number))
        case .plan(let change): return .planned(try await bills.plan(change))
        case .change(let change):
            let operation = try await bills.submit(change)
            return .done("\(operation.kind.title): queued")
        case .planNew(let request): return .planned(try await bills.plan(request))
        case .make(let request):
            let operation = try await bills.generate(request)
            return .done("The e-way bill of \(operation.title) is queued")
        case .planTrip(let request, let asker): return .planned(try await bills.plan(request, gstin: asker))
        case .makeTrip(let request, let asker):
            let operation = try await bills.consolidate(request, gstin: asker)
            return .done("The consolidated bill is queued: \(operation.title)")
        case .ask(let number, let asker): return .readBill(try await bills.ask(number, gstin: asker))
        case .survey(let file): return .surveyedBill(try await bills.survey(file: workspace.path(typed: file)))
        case .template(let gstin, let file, let replaces):
            let path = workspace.path(typed: file)
            if !replaces, workspace.hasFile(at: path) { return .fileExists(file) }
            try await bills.exportSample(gstin: gstin, to: .file(path, replaces: true))
            return .done("Written to \(file); fill it in, then make the bill from it")
        case .makeFrom(let file, let confirmed):
            let operation = try await bills.generate(file: workspace.path(typed: file), confirmed: confirmed)
            return .done("The e-way bill of \(operation.title) is queued")
        }
    }
}
