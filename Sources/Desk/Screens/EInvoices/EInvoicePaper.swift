import Domain
import Services
import TerminalKit

/// An invoice as lines: parties, items, sums, and what was made of its signature.
enum EInvoicePaper {
    static func lines(_ dossier: EInvoiceService.Dossier, _ context: ScreenContext) -> [Line] {
        var lines = signature(dossier)
        if let sent = dossier.sent {
            lines += document(sent) + sums(sent) + items(sent)
        } else {
            lines.append(Line("What was sent is not understood by this version; the evidence shows it.", .warning))
        }
        return lines + story(dossier.invoice, context)
    }

    private static func field(_ name: String, _ value: String?) -> [Line] {
        guard let value = value?.filled else { return [] }
        let space = String(repeating: " ", count: max(1, 13 - Text.width(name)))
        return [Line(name + space, .muted) + Line(HarmlessText.line(value, limit: 300))]
    }

    private static func signature(_ dossier: EInvoiceService.Dossier) -> [Line] {
        guard let verdict = dossier.verdict else { return [] }
        let key = verdict.keyId.map { " · key \(HarmlessText.line($0, limit: 40))" } ?? ""
        let found =
            verdict.isTrue
            ? Line("✓ signed by the portal, and says what was sent", .success) : Line("✗ \(verdict.sentence)", .danger)
        return [Line("Signature    ", .muted) + found + Line(key, .muted)]
    }

    private static func document(_ sent: Invoice) -> [Line] {
        let kind = [
            sent.transaction.supplyType ?? "", sent.transaction.isReverseCharge ? "reverse charge" : "",
            sent.transaction.isIgstOnIntra ? "IGST within a state" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        let name = [sent.document.type, sent.document.number, sent.document.date].compactMap { $0?.filled }
        return field("Document", name.joined(separator: " ") + (kind.isEmpty ? "" : " · \(kind)"))
            + field("Seller", party(sent.seller)) + field("Buyer", party(sent.buyer))
            + field("Supplied to", sent.buyer.placeOfSupply.map { "state \($0)" })
            + field("Ship to", sent.shipTo.map(party)) + field("From", sent.dispatch?.name)
    }

    private static func party(_ party: Party) -> String {
        [party.legalName, party.gstin, party.location].compactMap { $0?.filled }.joined(separator: " · ")
    }

    private static func sums(_ sent: Invoice) -> [Line] {
        let totals = sent.totals
        let rows = [
            ("Taxable", totals.assessable), ("IGST", totals.igst), ("CGST", totals.cgst), ("SGST", totals.sgst),
            ("Cess", totals.cess), ("State cess", totals.stateCess), ("Discount", totals.discount),
            ("Charges", totals.otherCharges), ("Rounding", totals.roundOff), ("Total", totals.invoiceTotal),
        ]
        let shown = rows.compactMap { name, amount -> Line? in
            guard let amount, let rupees = Rupees(amount.description) else { return nil }
            if rupees.paise == 0, name != "Total" { return nil }
            let text = rupees.grouped
            let space = String(repeating: " ", count: max(0, 16 - text.count))
            let label = name + String(repeating: " ", count: 13 - name.count)
            return Line(label, .muted) + Line(space + text, .text, name == "Total" ? .bold : [])
        }
        return [.empty] + shown
    }

    private static func items(_ sent: Invoice) -> [Line] {
        [.empty, Line(Counted.text(sent.items.count, "item"), .heading, .bold)]
            + sent.items.map { item in
                let amount = [item.quantity?.description, item.unit].compactMap { $0?.filled }.joined(separator: " ")
                let words = [
                    item.description, item.hsnCode.map { "HSN \($0)" }, amount,
                    item.unitPrice.map { "at \(Rupees($0.description)?.grouped ?? "\($0)")" },
                    item.gstRate.map { "GST \($0) %" },
                ].compactMap { $0?.filled }.joined(separator: " · ")
                let total = item.itemTotal.flatMap { Rupees($0.description) }.map { " = ₹\($0.grouped)" } ?? ""
                return Line("  \(HarmlessText.line(item.serialNumber ?? "", limit: 6))  ", .muted)
                    + Line(HarmlessText.line(words, limit: 400)) + Line(total)
            }
    }

    private static func story(_ invoice: EInvoice, _ context: ScreenContext) -> [Line] {
        let operation = invoice.operation
        var lines: [Line] = [.empty]
        lines += field("Asked by", "\(operation.createdBy), \(context.full(operation.createdAt))")
        lines += field("Through", operation.provider)
        lines += field("Action", operation.id.text)
        if operation.isAdopted {
            lines.append(Line("Its IRN was found by asking the portal, not told in an answer.", .info))
        }
        if let cancellation = invoice.cancellation {
            lines += field(
                "Cancellation",
                "\(cancellation.state.title), asked for by \(cancellation.createdBy), \(context.full(cancellation.createdAt))"
            )
        }
        if let withdrawal = invoice.withdrawal {
            let when = withdrawal.at.map { context.full($0) }
            lines += field(
                "Cancelled", [when, withdrawal.why].compactMap { $0?.filled }.joined(separator: " · "))
        }
        return lines
    }
}
