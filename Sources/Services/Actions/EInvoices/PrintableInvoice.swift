import Domain
import Secrets
import Wire

/// A registered invoice as one page of HTML that prints on A4: what was sent, the portal's number and its signed QR
/// (CGST Rules, rule 48(4) with 46: the invoice must bear both). No script, nothing from elsewhere.
struct PrintableInvoice {
    let kept: KeptInvoice
    let invoice: Invoice
    /// SVG; nil where the portal gave no QR.
    let qr: String?
    /// nil when the file of the provider is gone, so that nobody can tell.
    let isSimulated: Bool?

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(Self.safe(title))</title>
        <style>\(Self.style)</style></head><body>
        \(marks)<header><div><h1>\(Self.safe(heading))</h1>\(facts)</div><figure>\(qr ?? "no signed QR")</figure></header>
        <section class="parties">\(party("Seller", invoice.seller))\(party("Buyer", invoice.buyer))\(shipping)</section>
        \(items)
        \(totals)
        <footer>IRN \(Self.safe(kept.irn)). \(signature)</footer></body></html>

        """
    }

    private var title: String { "\(invoice.document.type ?? "") \(invoice.document.number ?? "")" }

    private var heading: String {
        switch invoice.document.kind {
        case .creditNote: "Credit Note"
        case .debitNote: "Debit Note"
        default: "Tax Invoice"
        }
    }

    private var signature: String {
        kept.warning == nil
            ? "The QR holds the portal's signature over the facts that identify this invoice."
            : "What the portal signed is not verified."
    }

    private var doubt: String {
        kept.warning.map { "<p class=\"mark\">NOT VERIFIED: \(Self.safe($0))</p>\n" } ?? ""
    }

    private var marks: String {
        origin + doubt + (kept.isCancelled ? "<p class=\"mark\">CANCELLED at the portal</p>\n" : "")
    }

    private var origin: String {
        switch isSimulated {
        case true?: "<p class=\"mark\">SANDBOX: registered at a simulated portal. No invoice.</p>\n"
        case false?: ""
        case nil:
            "<p class=\"mark\">NOT CERTAIN whether this is real or SANDBOX: the file of the provider "
                + "\(Self.safe(kept.operation.provider)) is gone.</p>\n"
        }
    }

    private var facts: String {
        let acknowledged = kept.ackAt.map { TimeText.full($0, offset: LegalDate.indianOffset) } ?? ""
        return Self.list([
            ("Number", invoice.document.number), ("Date", invoice.document.date), ("IRN", kept.irn),
            ("Ack. no.", kept.ackNumber), ("Ack. date", acknowledged),
            ("Supply", invoice.transaction.supplyType),
            ("Reverse charge", invoice.transaction.isReverseCharge ? "Yes" : nil),
            ("Place of supply", invoice.buyer.placeOfSupply.map(Self.state)),
        ])
    }

    private func party(_ role: String, _ party: Party) -> String {
        let address = [party.address1, party.address2, party.location, party.pin.map(String.init)]
        return "<div><h2>\(role)</h2><b>\(Self.safe(party.legalName ?? ""))</b>"
            + Self.list([
                ("GSTIN", party.gstin), ("Address", address.compactMap(\.self).joined(separator: ", ")),
                ("State", party.stateCode.map(Self.state)),
            ]) + "</div>"
    }

    private var shipping: String { invoice.shipTo.map { party("Ship to", $0) } ?? "" }

    private var items: String {
        let heads = [
            "#", "Description", "HSN/SAC", "Qty", "Unit", "Rate", "Taxable", "GST %", "IGST", "CGST", "SGST", "Cess",
            "Total",
        ]
        let rows = invoice.items.map { item in
            let texts: [(String?, isNumber: Bool)] = [
                (item.serialNumber, false), (item.description, false), (item.hsnCode, false),
                (item.quantity?.description, true), (item.unit, false), (item.unitPrice?.description, true),
                (item.assessableAmount?.description, true), (item.gstRate?.description, true),
                (item.igst?.description, true), (item.cgst?.description, true), (item.sgst?.description, true),
                (item.cess?.description, true), (item.itemTotal?.description, true),
            ]
            return "<tr>"
                + texts.map { "<td\($0.isNumber ? " class=\"n\"" : "")>\(Self.safe($0.0 ?? ""))</td>" }.joined()
                + "</tr>"
        }
        let head = heads.map { "<th>\($0)</th>" }.joined()
        return "<table><thead><tr>\(head)</tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
    }

    private var totals: String {
        let sums = invoice.totals
        let rows: [(String, ExactDecimal?)] = [
            ("Taxable value", sums.assessable), ("IGST", sums.igst), ("CGST", sums.cgst), ("SGST", sums.sgst),
            ("Cess", sums.cess), ("State cess", sums.stateCess), ("Discount", sums.discount),
            ("Other charges", sums.otherCharges), ("Round off", sums.roundOff), ("Total, ₹", sums.invoiceTotal),
        ]
        let given = rows.compactMap { name, sum in sum.map { "<dt>\(name)</dt><dd>\($0.description)</dd>" } }
        return "<dl class=\"sums\">\(given.joined())</dl>"
    }

    private static func list(_ rows: [(String, String?)]) -> String {
        let given = rows.compactMap { name, text in
            text.flatMap { $0.isEmpty ? nil : "<dt>\(name)</dt><dd>\(safe($0))</dd>" }
        }
        return "<dl>\(given.joined())</dl>"
    }

    private static func state(_ code: String) -> String { StateCode.names[code].map { "\(code) \($0)" } ?? code }

    /// Texts of an invoice are somebody else's.
    static func safe(_ text: String) -> String {
        HarmlessText.line(text, limit: 2_000).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    private static let style = """
        @page{size:A4;margin:14mm}body{font:10pt sans-serif;color:#000;background:#fff;max-width:182mm;margin:auto}
        header{display:flex;justify-content:space-between;gap:8mm}h1{font-size:16pt;margin:0 0 3mm}
        h2{font-size:9pt;margin:0;text-transform:uppercase;color:#444}figure{margin:0}figure svg{width:46mm;height:46mm}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:0 4mm;margin:1mm 0}dt{color:#444}dd{margin:0;
        overflow-wrap:anywhere}.parties{display:flex;gap:8mm;margin:5mm 0}.parties>div{flex:1}
        table{border-collapse:collapse;width:100%;font-size:8pt}th,td{border:.2mm solid #777;padding:1mm;text-align:left;
        vertical-align:top;overflow-wrap:anywhere}.n,.sums dd{text-align:right}.sums{width:70mm;margin:4mm 0 4mm auto}
        footer{font-size:7.5pt;color:#444;overflow-wrap:anywhere}.mark{border:.6mm solid #000;padding:2mm;font-weight:bold;
        text-align:center}tr{break-inside:avoid}
        """
}

extension EInvoiceService {
    /// A registered invoice to print or to keep: one HTML page with number and signed QR.
    ///
    /// - Throws: a `Complaint`: 65 when the IRN is none of ours, 78 without libqrencode.
    public func page(irn: String) async throws(Complaint) -> [UInt8] {
        let kept = try await kept(irn: irn)
        guard let invoice = InvoiceJSON.read(kept.sent).value else {
            throw Complaint("the kept invoice cannot be read", status: .badData)
        }
        let qr: QrCode?
        if let text = kept.signedQr { qr = try QrCode(SecretBytes(utf8: text)) } else { qr = nil }
        let page = PrintableInvoice(
            kept: kept, invoice: invoice, qr: qr?.svg,
            isSimulated: workspace.simulations().isSimulated(kept.operation.provider))
        return Array(page.html.utf8)
    }
}
