import Domain
import Wire

/// The calls of an IRP on invoices, in clear (facts: nic-einvoice-ewb 3.1).
extension NicBook {
    /// Who asks, and at which portal.
    struct Caller: Sendable {
        var gstin: String
        /// `irp` or `irp2`; `ewb` or `ewb2` for the two sites of the e-way bill system.
        var system: String
        /// How often a write is accepted; see `SandboxRequest.copies`.
        var copies = 1
        var isTwice: Bool { copies > 1 }
        var site: EWayBillNumber.Site { system == "ewb2" ? .second : .first }
    }

    struct Outcome: Sendable {
        var result: JsonTree
        var infos: [JsonTree] = []
    }

    func register(_ sent: JsonTree, _ caller: Caller) async throws(NicRefusal) -> Outcome {
        let problems = InvoiceSchema.problems(sent)
        guard problems.isEmpty else { throw NicRefusal("5002", problems.joined(separator: "; ")) }
        var request = sent.spelled(InvoiceSchema.names)
        guard let number = request.text("DocDtls.No")?.uppercased(),
            let type = request.text("DocDtls.Typ")?.uppercased(),
            let date = request.text("DocDtls.Dt").flatMap({ NicTime.date($0) }),
            let seller = request.text("SellerDtls.Gstin"), let details = request["DocDtls"]
        else { throw NicRefusal("2142", "Parameters are incomplete") }
        guard seller == caller.gstin else { throw NicRefusal("2143", "Supplier is not the GSTIN of the request") }
        request = request.setting("DocDtls", details.setting("No", .text(number)))
        let key = NicDocument.key(gstin: seller, type: type, number: number, date: date)
        let irn = IrpInvoice.irn(gstin: seller, type: type, number: number, date: date)
        if let known = held.invoices[irn], !caller.isTwice {
            await noteRepeat(.irn, system: known.system, key: key)
            throw Self.duplicate(known, at: caller.system)
        }
        let refusals = InvoiceRefusals(request, caller: caller.gstin, today: today, play: play, synced: synced)
        guard refusals.reasons.isEmpty else { throw NicRefusal(refusals.reasons) }
        try await accept(try entries(request, irn: irn, key: key, caller))
        return try await withBill(irn, request, caller)
    }

    private static func duplicate(_ known: IrpInvoice, at system: String) -> NicRefusal {
        if known.cancelledAt != nil { return NicRefusal("2278", "IRN of this document was cancelled") }
        let ack = JsonTree.made([
            "AckNo": .number(known.ackNumber), "AckDt": .text(known.ackDate), "Irn": .text(known.irn),
        ])
        if known.system == system {
            return NicRefusal("2150", "Duplicate IRN", infos: [NicRefusal.info("DUPIRN", ack)])
        }
        let elsewhere = ack.setting("IrnDtl", .made(["RegIrp": .text(IrpSystem.registrar(of: known.system))]))
        return NicRefusal(
            "2295", "IRN is registered at another IRP", infos: [NicRefusal.info("DUPIRNGLP", elsewhere)])
    }

    private func entries(
        _ request: JsonTree, irn: String, key: String, _ caller: Caller
    ) throws(NicRefusal) -> [Entry] {
        var entries: [Entry] = []
        for copy in 0..<caller.copies {
            let ack = ackNumber(caller.system, held.count + copy)
            let date = NicTime.invoiceText(now)
            let data = IrpInvoice.signedData(ackNumber: ack, ackDate: date, irn: irn, request: request)
            let qr = IrpInvoice.qrData(irn: irn, ackDate: date, request: request)
            guard let invoice = signer.token(of: data, issuer: play.issuer),
                let code = signer.token(of: qr, issuer: play.issuer)
            else { throw NicRefusal("2147", "Signing failed") }
            entries.append(
                Entry(
                    kind: .irn, system: caller.system, key: key, reference: irn, gstin: caller.gstin,
                    detail: [request.json, ack, invoice, code]))
        }
        return entries
    }

    /// The portal, a shard, the year, `10` and nine digits (facts: nic-einvoice-ewb 3.1).
    private func ackNumber(_ system: String, _ count: Int) -> String {
        let portal = system == "irp2" ? 2 : 1
        return "\(portal)1\(Digits.padded(today.year % 100, 2))10\(Digits.padded(100_000_001 + count, 9))"
    }

    /// The e-way bill that the same call asks for; what stands in its way does not undo the IRN.
    private func withBill(_ irn: String, _ request: JsonTree, _ caller: Caller) async throws(NicRefusal) -> Outcome {
        guard let invoice = held.invoices[irn] else { throw NicRefusal("2139", "Failure while creating") }
        guard let asked = request["EwbDtls"],
            ["TransId", "TransMode", "VehNo", "TransDocNo"].contains(where: { asked.text($0) != nil })
        else { return Outcome(result: invoice.tree(bill: nil)) }
        do throws(NicRefusal) {
            var once = caller
            once.copies = min(once.copies, 1)
            let made = try await makeBill(of: invoice, asked, once)
            let bill = made.result.text("EwbNo").flatMap { held.bills[$0] }
            return Outcome(result: invoice.tree(bill: bill), infos: made.infos)
        } catch {
            let reasons = JsonTree.list(error.reasons.map(\.tree))
            return Outcome(result: invoice.tree(bill: nil), infos: [NicRefusal.info("EWBERR", reasons)])
        }
    }

    func invoice(_ irn: String, _ caller: Caller) throws(NicRefusal) -> JsonTree {
        let irn = irn.lowercased()
        guard irn.utf8.count == 64, irn.allSatisfy(\.isHexDigit) else { throw NicRefusal("2145", "IRN is not valid") }
        guard let known = held.invoices[irn] else { throw NicRefusal("2148", "Data of this IRN is not held here") }
        return try shown(known, caller)
    }

    func invoice(type: String, number: String, date: String, _ caller: Caller) throws(NicRefusal) -> JsonTree {
        guard let day = NicTime.date(date) else { throw NicRefusal("2144", "Date is not valid") }
        let irn = IrpInvoice.irn(gstin: caller.gstin, type: type.uppercased(), number: number.uppercased(), date: day)
        guard let known = held.invoices[irn], known.request.text("DocDtls.Dt").flatMap({ NicTime.date($0) }) == day
        else { throw NicRefusal("2148", "Data of this document is not held here") }
        return try shown(known, caller)
    }

    private func shown(_ known: IrpInvoice, _ caller: Caller) throws(NicRefusal) -> JsonTree {
        guard known.system == caller.system else { throw NicRefusal("2148", "Data of this IRN is not held here") }
        let parties = [known.gstin, known.request.text("BuyerDtls.Gstin") ?? ""]
        guard parties.contains(caller.gstin) else { throw NicRefusal("2226", "Not entitled to this IRN") }
        guard now.since(known.at) < .seconds(play.getWindowDays * 86_400) else {
            throw NicRefusal("2283", "IRN is older than \(play.getWindowDays) days")
        }
        return known.tree(bill: known.bill.flatMap { held.bills[$0] })
    }

    func cancelInvoice(_ asked: JsonTree, _ caller: Caller) async throws(NicRefusal) -> Outcome {
        guard let irn = asked.text("Irn")?.lowercased(), let reason = asked.text("CnlRsn"),
            let remark = asked.text("CnlRem")
        else { throw NicRefusal("2142", "Parameters are incomplete") }
        guard irn.utf8.count == 64, irn.allSatisfy(\.isHexDigit) else { throw NicRefusal("2145", "IRN is not valid") }
        guard ["1", "2", "3", "4"].contains(reason), remark.unicodeScalars.count <= 100 else {
            throw NicRefusal("5002", "CnlRsn must be 1 to 4; CnlRem must have 1 to 100 characters")
        }
        guard let known = held.invoices[irn], known.system == caller.system else {
            throw NicRefusal("2148", "Data of this IRN is not held here")
        }
        guard known.gstin == caller.gstin else { throw NicRefusal("2143", "Invoice is not of this GSTIN") }
        guard known.cancelledAt == nil || caller.isTwice else { throw NicRefusal("9999", "Invoice is not active") }
        guard now.since(known.at) <= .seconds(86_400) else {
            throw NicRefusal("2270", "The time to cancel is over")
        }
        guard held.activeBill(of: known) == nil else { throw NicRefusal("2230", "An e-way bill is active") }
        let entry = Entry(
            kind: .irnCancel, system: caller.system, key: known.key, reference: irn, gstin: caller.gstin,
            detail: [asked.json])
        try await accept(Array(repeating: entry, count: caller.copies))
        let at = held.invoices[irn]?.cancelledAt ?? now
        return Outcome(result: .made(["Irn": .text(irn), "CancelDate": .text(NicTime.invoiceText(at))]))
    }
}
