import Domain
import Wire

/// The state that the events of the ledger add up to.
struct NicHoldings: Sendable {
    /// `kind` of a row in the ledger.
    enum Kind: String, Sendable {
        case irn
        case irnCancel = "irn_cancel"
        case bill = "ewb"
        case vehicle = "ewb_vehicle"
        case transporter = "ewb_transporter"
        case billCancel = "ewb_cancel"
        case reject = "ewb_reject"
        case extend = "ewb_extend"
        case consolidate = "ewb_consolidate"
    }

    /// By IRN.
    private(set) var invoices: [String: IrpInvoice] = [:]
    /// By number.
    private(set) var bills: [String: EwbBill] = [:]
    /// Numbers of bills by `GSTIN/TYPE/NUMBER/FY`, the newest last.
    private(set) var billsOfDocument: [String: [String]] = [:]
    /// Consolidated bills by number: what was asked for.
    private(set) var consolidated: [String: JsonTree] = [:]
    /// Counts acceptances, for numbers that must be new.
    private(set) var count = 0

    mutating func apply(_ event: LedgerEvent) {
        guard event.event == .accepted, let facts = event.acceptance, let kind = Kind(rawValue: facts.kind) else {
            return
        }
        count += 1
        let at = Instant(milliseconds: event.at)
        let asked = facts.detail.first.flatMap { JsonReader.read(Array($0.utf8)) } ?? .null
        switch kind {
        case .irn:
            guard facts.detail.count == 4 else { return }
            invoices[event.reference] = IrpInvoice(
                irn: event.reference, key: event.key, system: event.client, gstin: facts.identity, at: at,
                ackNumber: facts.detail[1], request: asked, signedInvoice: facts.detail[2], signedQr: facts.detail[3])
        case .irnCancel: invoices[event.reference]?.cancelledAt = at
        case .bill:
            let irn = facts.detail.count > 1 ? facts.detail[1] : ""
            bills[event.reference] = EwbBill(
                number: event.reference, key: event.key, owner: facts.identity, at: at, document: asked,
                irn: irn.isEmpty ? nil : irn)
            billsOfDocument[event.key, default: []].append(event.reference)
            if !irn.isEmpty { invoices[irn]?.bill = event.reference }
        case .vehicle: bills[event.reference]?.enterVehicle(asked, by: facts.identity, at: at)
        case .transporter: bills[event.reference]?.assign(asked, at: at)
        case .billCancel: bills[event.reference]?.cancelledAt = at
        case .reject: bills[event.reference]?.rejectedAt = at
        case .extend: bills[event.reference]?.extend(asked, by: facts.identity, at: at)
        case .consolidate:
            consolidated[event.reference] = asked
            for number in asked.items("tripSheetEwbBills").compactMap({ $0.text("ewbNo") }) {
                bills[number]?.enterVehicle(asked, by: facts.identity, at: at, trip: event.reference)
            }
        }
    }

    /// The bill of a document that is neither cancelled nor rejected.
    func activeBill(of key: String) -> EwbBill? {
        (billsOfDocument[key] ?? []).reversed().lazy.compactMap { bills[$0] }.first { $0.isActive }
    }

    /// The bill of an invoice that is neither cancelled nor rejected.
    func activeBill(of invoice: IrpInvoice) -> EwbBill? {
        invoice.bill.flatMap { bills[$0] }.flatMap { $0.isActive ? $0 : nil }
    }
}

/// `GSTIN/TYPE/NUMBER/FY`, the natural key of a document at NIC.
enum NicDocument {
    static func key(gstin: String, type: String, number: String, date: LegalDate) -> String {
        [gstin, type.uppercased(), number.uppercased(), year(of: date)].joined(separator: "/")
    }

    /// `2026-27`, from April to March.
    static func year(of date: LegalDate) -> String {
        let first = date.month >= 4 ? date.year : date.year - 1
        return "\(first)-\(Digits.padded((first + 1) % 100, 2))"
    }
}
