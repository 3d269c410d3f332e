import Domain
import Wire

/// E-way bills by IRN (facts: nic-einvoice-ewb 3.2, 7.3).
extension NicBook {
    func makeBill(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> Outcome {
        guard let irn = asked.text("Irn")?.lowercased() else { throw NicRefusal("4006", "IRN is missing") }
        guard let invoice = held.invoices[irn], invoice.system == caller.system else {
            throw NicRefusal("4003", "IRN is not found")
        }
        guard invoice.gstin == caller.gstin else { throw NicRefusal("4037", "Not entitled to this IRN") }
        return try await makeBill(of: invoice, asked, caller)
    }

    func bill(ofIrn irn: String, _ caller: Caller) throws(NicRefusal) -> JsonTree {
        guard let invoice = held.invoices[irn.lowercased()], invoice.system == caller.system else {
            throw NicRefusal("4003", "IRN is not found")
        }
        guard let bill = invoice.bill.flatMap({ held.bills[$0] }) else {
            throw NicRefusal("4005", "There is no e-way bill of this IRN")
        }
        return .made([
            "EwbNo": .number(bill.number), "Status": .text(bill.status), "GenGstin": .text(bill.owner),
            "EwbDt": .text(NicTime.invoiceText(bill.at)),
            "EwbValidTill": .optional(bill.validUntil.map(NicTime.invoiceText)),
        ])
    }

    func makeBill(of invoice: IrpInvoice, _ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> Outcome {
        guard invoice.cancelledAt == nil else { throw NicRefusal("4000", "IRN is not active") }
        if let known = held.activeBill(of: invoice), !caller.isTwice {
            await noteRepeat(.bill, system: "ewb", key: known.key)
            throw NicRefusal("4002", "E-way bill \(known.number) exists for this IRN")
        }
        if let known = held.activeBill(of: invoice.key), !caller.isTwice {
            throw NicRefusal("4026", "E-way bill \(known.number) exists for this document")
        }
        let document = IrnBillDocument(invoice, asked)
        try document.check(today: today)
        try await accept(billEntries(document.tree, key: invoice.key, irn: invoice.irn, caller))
        guard let bill = held.activeBill(of: invoice.key) else { throw NicRefusal("4001", "Failure while creating") }
        let result = JsonTree.made([
            "EwbNo": .number(bill.number), "EwbDt": .text(NicTime.invoiceText(bill.at)),
            "EwbValidTill": .optional(bill.validUntil.map(NicTime.invoiceText)), "Remarks": .null,
        ])
        let distance = NicRefusal.info("EWBPPD", .text("Pin-Pin calc distance: \(document.computed)KM"))
        return Outcome(result: result, infos: document.wasComputed ? [distance] : [])
    }

    /// One acceptance of a bill, or two under different numbers.
    func billEntries(_ document: JsonTree, key: String, irn: String, _ caller: Caller) -> [Entry] {
        (0..<caller.copies).map { copy in
            // The third digit names the site: 1 to 7 is EWB1, 8 and 9 EWB2 (facts: nic-einvoice-ewb 6).
            let site = caller.site == .second ? 8 : 1
            return Entry(
                kind: .bill, system: "ewb", key: key,
                reference: "34\(site)\(Digits.padded(held.count + copy + 1, 9))", gstin: caller.gstin,
                detail: [document.json, irn])
        }
    }
}
