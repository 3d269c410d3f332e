import Domain
import FoundationEssentials

/// The first place where a signed text says something else than an invoice. The one comparison there is: for what a portal
/// answers, for what it is asked, and for files that people verify.
public struct SignedDifference: Sendable, Hashable {
    /// How much of a signed text counts.
    public enum Extent: Sendable {
        /// Parties, document, total and number of items: what tells one invoice from another (facts: reliability 5.7).
        case identity
        /// Whatever the text states.
        case everything
    }

    /// As in INV-01: `ItemList[2].TotAmt`.
    public var path: String
    /// As people call it: `total`; the path where it has no name.
    public var name: String
    /// One line each, ready to show.
    public var signed: String
    public var given: String

    init(_ path: String, _ name: String? = nil, signed: String, given: String) {
        (self.path, self.name) = (path, name ?? path)
        (self.signed, self.given) = (Self.shown(signed), Self.shown(given))
    }

    static func shown(_ text: String) -> String { text.isEmpty ? "nothing" : HarmlessText.line(text, limit: 60) }

    /// What a QR does not state is not compared.
    ///
    /// - Parameter invoice: what was sent, or what somebody holds it against.
    public static func first(
        of facts: SignedFacts, _ invoice: Invoice, _ extent: Extent = .everything
    ) -> SignedDifference? {
        for row in rows(facts, invoice) {
            // A signed invoice states everything: what is missing there differs.
            guard row.signed != nil || facts.kind == .invoice, row.signed != row.given else { continue }
            return SignedDifference(row.path, row.name, signed: row.signed ?? "", given: row.given ?? "")
        }
        guard extent == .everything else { return nil }
        if let told = facts.mainHsn {
            let main = mainCodes(invoice.items)
            if !main.isEmpty, !main.contains(told) {
                return SignedDifference("MainHsnCode", signed: told, given: main.joined(separator: " or "))
            }
        }
        return facts.whole.flatMap { SignedContent.difference($0, invoice) }
    }

    private typealias Row = (path: String, name: String, signed: String?, given: String?)

    private static func rows(_ facts: SignedFacts, _ invoice: Invoice) -> [Row] {
        let total = invoice.totals.invoiceTotal.flatMap { Decimal(string: $0.description) }
        return [
            ("SellerDtls.Gstin", "seller", facts.sellerGstin, invoice.seller.gstin),
            ("BuyerDtls.Gstin", "buyer", facts.buyerGstin, invoice.buyer.gstin),
            ("DocDtls.Typ", "type", facts.documentType.uppercased(), invoice.document.type?.uppercased()),
            // From June 2025 on the portals hold numbers in capitals.
            ("DocDtls.No", "number", facts.documentNumber.uppercased(), invoice.document.number?.uppercased()),
            ("DocDtls.Dt", "date", facts.documentDate?.description, invoice.document.day?.description),
            ("ValDtls.TotInvVal", "total", facts.total?.description, total?.description),
            (
                "ItemList", "number of items", facts.itemCount.map { Counted.text($0, "item") },
                Counted.text(invoice.items.count, "item")
            ),
        ]
    }

    /// "Of the highest value" may mean the taxable value or the whole one.
    private static func mainCodes(_ items: [InvoiceItem]) -> [String] {
        var codes: [String] = []
        for value in [\InvoiceItem.itemTotal, \InvoiceItem.assessableAmount] {
            let most = items.compactMap { $0[keyPath: value] }.max()
            for item in items where item[keyPath: value] == most {
                if let code = item.hsnCode, !codes.contains(code) { codes.append(code) }
            }
        }
        return codes
    }
}
