import Domain
import Store
import Wire

/// An e-way bill as it is kept: what made it, and what was done to it since.
public struct KeptBill: Sendable, Hashable {
    /// 12 digits.
    public var number: String
    public var gstin: Gstin
    public var made: PortalOperation
    public var madeAt: Instant?
    /// As the system said last; nil as long as Part B is not entered.
    public var validUntil: Instant?
    /// By the rule, from the first Part B, the distance and what was extended since; nil where any of it is not known.
    public var expectedUntil: Instant?
    /// Kilometres of the whole way; nil where the system worked them out.
    public var distance: Int?
    /// Ten digits of the consolidated bill in which it goes on; nil when it goes alone.
    public var consolidated: String?
    /// Who carries it, GSTIN or TRANSIN; nil when nobody was named.
    public var transporter: String?
    /// What was done to it, the newest first, whatever became of it; of consolidated bills one that is not finished.
    public var changes: [PortalOperation]
    /// As the system showed it the last time that somebody asked; nil when nobody did.
    public var shown: ReadBill?

    public init(
        number: String, gstin: Gstin, made: PortalOperation, madeAt: Instant? = nil, validUntil: Instant? = nil,
        expectedUntil: Instant? = nil, distance: Int? = nil, changes: [PortalOperation] = []
    ) {
        self.number = number
        self.gstin = gstin
        self.made = made
        self.madeAt = madeAt
        self.validUntil = validUntil
        self.expectedUntil = expectedUntil
        self.distance = distance
        self.changes = changes
    }

    /// From here, or as the system showed it.
    public var isCancelled: Bool {
        shown?.isCancelled == true || changes.contains { $0.kind == .ewaybillCancel && $0.state == .filed }
    }

    /// By the other party, as the system showed it.
    public var isRejected: Bool { shown?.isRejected == true }

    /// How often it was extended: as the system showed it, and what was confirmed here since.
    var extensions: Int {
        let own = changes.filter { $0.kind == .ewaybillExtend && $0.state == .filed }
        guard let shown else { return own.count }
        return shown.extensions + own.count { $0.updatedAt > shown.readAt }
    }

    /// What the system showed counts from when it was asked; what was confirmed here since is newer.
    fileprivate mutating func take(_ reading: ReadBill?) {
        shown = reading
        guard let reading else { return }
        if distance == nil { distance = reading.distance }
        let isNewest = changes.allSatisfy { $0.state != .filed || $0.updatedAt <= reading.readAt }
        guard isNewest, let told = reading.validUntil, told != validUntil else { return }
        // Somebody else changed it, and when is not told.
        (validUntil, expectedUntil) = (told, nil)
    }

    /// Whether the system told another end than the rule gives.
    public var isAgainstRule: Bool { expectedUntil != nil && validUntil != nil && expectedUntil != validUntil }

    /// As lists tell it.
    public func standing(at now: Instant, soon: Duration = EWayBillStanding.soon) -> EWayBillStanding {
        let open = changes.first { !$0.state.isFinished }
        let bill = StandingBill(
            operation: made, change: open, number: number, validUntil: validUntil, isCancelled: isCancelled,
            isRejected: isRejected)
        return bill.standing(at: now, soon: soon)
    }
}

extension EWayBillService {
    /// - Throws: a `Complaint`: 65 when it is no bill's number, or none of ours.
    public func kept(_ text: String) async throws(Complaint) -> KeptBill {
        try await workspace.permit(.see)
        let number = try Self.number(text)
        if let found = try await known(number) { return found }
        throw Complaint(
            "no e-way bill \(number) is kept", why: "it was not made from here",
            remedy: "`portaldesk ewaybill list` shows what was; `portaldesk ewaybill get \(number)` asks the system",
            status: .badData)
    }

    /// Bills of a registered invoice, however they were made: in the call that registered it, by its IRN, or directly for
    /// its document.
    func made(of invoice: KeptInvoice) async throws(Complaint) -> [KeptBill] {
        var numbers = [invoice.bill].compactMap(\.self)
        numbers += try await filed("ewb-irn/\(invoice.irn)/", .ewaybillByIrn).compactMap(\.reference)
        if let document = InvoiceJSON.read(invoice.sent).value?.document {
            let key = Self.documentKey(
                invoice.operation.gstin, document.type ?? "", document.number ?? "", document.date ?? "")
            numbers += try await filed("\(key)/", .ewaybillGenerate).compactMap(\.reference)
        }
        var bills: [KeptBill] = []
        for number in numbers.compactMap({ EWayBillNumber($0) }) {
            if let bill = try await known(number) { bills.append(bill) }
        }
        return bills
    }

    /// nil for a bill that no action here has made.
    func known(_ number: EWayBillNumber) async throws(Complaint) -> KeptBill? {
        try await workspace.read { reader in try Self.read(number.description, reader) }
    }

    private static func read(_ number: String, _ reader: StoreReader) throws -> KeptBill? {
        guard
            // One that was made in the call that registered its invoice stands under that.
            let made = try reader.operation(reference: number, kinds: [.ewaybillGenerate, .ewaybillByIrn])
                ?? reader.operation(bill: number),
            made.state == .filed, let payload = try reader.payload(of: made.id)
        else { return nil }
        var bill = KeptBill(number: number, gstin: made.gstin, made: made, changes: [])
        let result = payload.result.flatMap { try? EwbResult($0) }
        (bill.madeAt, bill.validUntil) = (result?.madeAt, result?.validUntil)
        let asked = journey(made.kind, payload.request)
        bill.distance = asked?.number("transDistance", "Distance").flatMap { $0 > 0 ? $0 : nil }
        let changes = try reader.changes(ofBill: number)
        // Whether it is cancelled is not to be guessed.
        if let damaged = changes.damaged.first {
            throw StoreProblem.refused("a change of bill \(number) is \(damaged.line); see `portaldesk doctor`")
        }
        bill.changes = changes.rows
        if let trip = try reader.openTrip(of: number) {
            bill.changes.insert(
                trip, at: bill.changes.firstIndex { $0.createdAt <= trip.createdAt } ?? bill.changes.endIndex)
        }
        var rule = RuleOfBill(asked, result)
        // The oldest first: the last word of the system counts.
        for change in bill.changes.reversed() where change.state == .filed {
            guard let payload = try reader.payload(of: change.id), let bytes = payload.result,
                let told = try? EwbChange(bytes)
            else { continue }
            bill.validUntil = told.validUntil ?? bill.validUntil
            rule.take(told, of: change.kind, try? NicFields(payload.request))
        }
        bill.expectedUntil = rule.until
        try bill.take(reader.billReading(number).flatMap { ReadBill($0) })
        let facts = try reader.bill(number)
        (bill.consolidated, bill.transporter) = (facts?.consolidated?.filled, facts?.transporter?.filled)
        return bill
    }

    /// Where a request tells of the way: one that was made with its invoice in a part of its own.
    private static func journey(_ kind: OperationKind, _ request: [UInt8]) -> NicFields? {
        let fields = try? NicFields(request)
        return kind == .einvoiceGenerate ? fields?.fields("EwbDtls") : fields
    }
}
