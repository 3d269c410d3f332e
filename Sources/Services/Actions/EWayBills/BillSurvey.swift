import Domain
import Store
import Wire

extension EWayBillService {
    /// A bill of a file, checked, for a person to look at before anything is sent.
    public struct Survey: Sendable, Hashable {
        public var draft: InvoiceSurvey.Draft
        /// What would be sent; nil when the system would refuse it.
        public var plan: ActionPlan?
        /// Whether Part B is in it, so that its validity begins at once.
        public var entersVehicle = false

        public init(draft: InvoiceSurvey.Draft, plan: ActionPlan? = nil) {
            self.draft = draft
            self.plan = plan
        }
    }

    /// What a file holds, everything that is wrong with it, and what would be sent. Sends nothing.
    ///
    /// - Parameter bytes: the bill as the e-way bill system takes it, JSON.
    /// - Throws: a `Complaint`: 65 when it was asked for already or an API user is missing, 77 not permitted.
    public func survey(
        _ bytes: [UInt8], source: String, provider: String? = nil
    ) async throws(Complaint) -> Survey {
        try await workspace.permit(.act)
        try Self.requireOwnForm(bytes)
        let reading = EWayBillJSON.check(
            bytes, on: LegalDate.inIndia(workspace.now), workspace.settings.eWayBills.rules)
        let bill = reading.value
        let words = [bill?.documentType, bill?.documentNumber].compactMap { $0?.filled }.joined(separator: " ")
        let title = [words, bill?.to.tradeName ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        let name = InvoiceBatch.shown(source)
        var draft = InvoiceSurvey.Draft(
            source: name, title: title.isEmpty ? name : HarmlessText.line(title, limit: 120),
            gstin: bill.flatMap { Self.asker(of: $0) },
            total: bill?.totals.invoice.flatMap { Rupees($0.description) }, findings: reading.findings)
        guard reading.findings.allowSending else { return Survey(draft: draft) }
        let request = try await asked(bytes, provider)
        draft.fingerprint = request.fingerprint
        var survey = Survey(draft: draft, plan: try await workspace.operations.plan(request))
        let way = bill?.transport
        survey.entersVehicle = way?.vehicleNumber?.filled != nil || way?.documentNumber?.filled != nil
        return survey
    }

    /// Everything that the system would refuse in a bill, and what it may. Sends nothing.
    ///
    /// - Throws: a `Complaint`: 65 for the file of another tool.
    public func findings(_ bytes: [UInt8]) async throws(Complaint) -> [Finding] {
        try await workspace.permit(.see)
        try Self.requireOwnForm(bytes)
        return EWayBillJSON.check(
            bytes, on: LegalDate.inIndia(workspace.now), workspace.settings.eWayBills.rules
        ).findings
    }

    /// The bulk tool of the system's web pages writes a list with names of its own for some fields.
    static func requireOwnForm(_ bytes: [UInt8]) throws(Complaint) {
        guard EWayBillJSON.isBulkFile(bytes) else { return }
        throw Complaint(
            "this is a file of the e-way bill system's bulk tool",
            why: "it holds a list of bills, and the system's pages take it, not its API",
            remedy: "Make each bill from a file of its own; `portaldesk ewaybill template` prints one", status: .badData
        )
    }

    /// What `generate` would send of a bill, for a person to confirm.
    ///
    /// - Throws: as `generate`, and 65 when it was asked for already.
    public func plan(_ bytes: [UInt8], provider: String? = nil) async throws(Complaint) -> ActionPlan {
        try await workspace.operations.plan(try await asked(bytes, provider))
    }

    /// As `survey`, of a file; `generate` sends what was found there.
    public func survey(file: String) async throws(Complaint) -> Survey {
        try await survey([UInt8](try SheetFile.read(file)), source: file)
    }

    /// Queues the bill of a file, unless it was changed since a person looked at it.
    ///
    /// - Parameter confirmed: fingerprint of the survey.
    public func generate(file: String, confirmed: String) async throws(Complaint) -> PortalOperation {
        try await generate([UInt8](try SheetFile.read(file)), confirmed: confirmed)
    }
}
