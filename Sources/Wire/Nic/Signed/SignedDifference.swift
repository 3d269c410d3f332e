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

    /// The first in the order of INV-01. A QR is compared in what it states; what tells one invoice from another it has to
    /// state, as a signed invoice has to state everything.
    ///
    /// - Parameter invoice: what was sent, or what somebody holds it against.
    public static func first(
        of facts: SignedFacts, _ invoice: Invoice, _ extent: Extent = .everything
    ) -> SignedDifference? {
        let identity = rows(facts, invoice).first { row in
            // Of a QR the number of items alone is not looked for.
            row.signed != row.given && (row.signed != nil || facts.kind == .invoice || row.path != "ItemList")
        }.map {
            SignedDifference($0.path, $0.name, signed: $0.signed ?? "", given: $0.given ?? "")
        }
        guard extent == .everything else { return identity }
        // Of the same section the comparison of identities knows how portals write things.
        let content = facts.whole.flatMap { SignedContent.difference($0, invoice) }
        if let identity { return content.map { $0.section < identity.section ? $0 : identity } ?? identity }
        if let told = facts.mainHsn {
            let main = mainCodes(invoice.items)
            if !main.isEmpty, !main.contains(told) {
                return SignedDifference("MainHsnCode", signed: told, given: main.joined(separator: " or "))
            }
        }
        return content
    }

    private static let sections = [
        "Version", "TranDtls", "DocDtls", "SellerDtls", "BuyerDtls", "DispDtls", "ShipDtls", "ItemList", "ValDtls",
    ]

    /// Where it stands in INV-01.
    private var section: Int {
        let name = path.prefix { $0 != "." && $0 != "[" }
        return Self.sections.firstIndex(of: String(name)) ?? Self.sections.count
    }

    private typealias Row = (path: String, name: String, signed: String?, given: String?)

    private static func rows(_ facts: SignedFacts, _ invoice: Invoice) -> [Row] {
        let total = invoice.totals.invoiceTotal.flatMap { Decimal(string: $0.description) }
        return [
            ("DocDtls.Typ", "type", facts.documentType.uppercased(), invoice.document.type?.uppercased()),
            // From June 2025 on the portals hold numbers in capitals.
            ("DocDtls.No", "number", facts.documentNumber.uppercased(), invoice.document.number?.uppercased()),
            ("DocDtls.Dt", "date", facts.documentDate?.description, invoice.document.day?.description),
            ("SellerDtls.Gstin", "seller", facts.sellerGstin, invoice.seller.gstin),
            ("BuyerDtls.Gstin", "buyer", facts.buyerGstin, invoice.buyer.gstin),
            (
                "ItemList", "number of items", facts.itemCount.map { Counted.text($0, "item") },
                Counted.text(invoice.items.count, "item")
            ),
            ("ValDtls.TotInvVal", "total", facts.total?.description, total?.description),
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
