import Wire

/// Calls of an invoice registration portal whose paths differ between providers, by their names in provider files
/// (facts: nic-einvoice-ewb 2.6, 3.1).
public enum IrpPath: String, CaseIterable, Sendable {
    case invoice, cancel
    case byIrn = "by_irn"
    case byDocument = "by_document"
    case eWayBill = "ewaybill"
    case eWayBillByIrn = "ewaybill_by_irn"
    /// Lets the portal fetch a taxpayer anew from the GST portal.
    case syncGstin = "sync_gstin"
    case login
    /// Tells whether the portal is there; no session is needed.
    case ping

    /// What stands in braces in such a path.
    public var values: Set<String> {
        switch self {
        case .invoice, .cancel, .eWayBill, .login, .ping: []
        case .byIrn, .eWayBillByIrn: ["irn"]
        case .syncGstin: ["gstin"]
        case .byDocument: ["type", "number", "date"]
        }
    }

    /// NIC's own.
    private func usual(_ values: [String: String]) -> String {
        switch self {
        case .invoice: Nic.Path.invoice
        case .cancel: Nic.Path.cancel
        case .eWayBill: Nic.Path.eWayBill
        case .login: Nic.Path.login
        case .ping: Nic.Path.ping
        case .byIrn: Nic.Path.invoice(irn: values["irn"] ?? "")
        case .syncGstin: Nic.Path.syncGstin(values["gstin"] ?? "")
        case .eWayBillByIrn: Nic.Path.eWayBill(irn: values["irn"] ?? "")
        case .byDocument:
            Nic.Path.invoice(type: values["type"] ?? "", number: values["number"] ?? "", date: values["date"] ?? "")
        }
    }

    /// The path of a call, with its values escaped.
    func text(_ values: [String: String] = [:], _ profile: ProviderProfile) -> String {
        guard var path = profile.paths[rawValue] else { return usual(values) }
        for (name, value) in values { path = path.replacing("{\(name)}", with: PercentEscape.text(value)) }
        return path
    }
}
