// An e-way bill wanted with the invoice (facts: nic-einvoice-ewb 3.2, 7.2, 7.3).
extension InvoiceCheck {
    mutating func checkTransport() {
        guard let details = invoice.eWayBill else { return }
        if isNote {
            error(
                "EwbDtls", "transport.note", "2252", "stands on a note",
                "E-way bills by IRN are made for invoices only: leave it out")
        }
        if !invoice.items.isEmpty, invoice.items.allSatisfy(\.isService) {
            error("EwbDtls", "transport.services", "2251", "stands on an invoice of services only", "Leave it out")
        }
        if kind?.isExport == true, invoice.shipTo == nil {
            error(
                "ShipDtls", "transport.exportShipTo", "4031", "is missing from an export with an e-way bill",
                "Give the port or place in India from where the goods leave the country")
        }
        var names = TransportPlan.byIrn
        names.section = "EwbDtls"
        let plan = TransportPlan(
            details: details, names: names, documentDay: invoice.document.day,
            fromPin: invoice.dispatch?.pin ?? invoice.seller.pin, toPin: invoice.shipTo?.pin ?? invoice.buyer.pin,
            // Distance alone asks for nothing yet: registered invoices are seen with it.
            mayNameTransporter: details != TransportDetails.distance(details.distance))
        findings += plan.check(on: day)
    }
}

extension TransportDetails {
    static func distance(_ distance: Int?) -> TransportDetails {
        var details = TransportDetails()
        details.distance = distance
        return details
    }
}
