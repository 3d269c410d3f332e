import Domain
import FoundationEssentials
import Wire

/// Where a signed text first says something else than an invoice file.
enum InvoiceDifference {
    /// What the portal adds of its own.
    private static let added: Set = ["AckNo", "AckDt", "Irn", "Status", "IrnDt"]
    /// The order in which people read an invoice.
    private static let order = ["Version", "TranDtls", "DocDtls", "SellerDtls", "BuyerDtls", "DispDtls", "ShipDtls"]

    /// - Parameter data: the JSON inside a signed invoice.
    static func first(of data: [UInt8], _ invoice: Invoice) -> SignedVerdict.Difference? {
        guard case .object(var signed)? = try? JSONValue(data),
            case .object(var given)? = try? JSONValue(InvoiceJSON.write(invoice))
        else { return SignedVerdict.Difference(path: "the invoice", signed: "not understood", given: "an invoice") }
        for name in added { signed[name] = nil }
        // It is answered beside the invoice and not signed with it.
        if signed["EwbDtls"] == nil { given["EwbDtls"] = nil }
        return first(.object(signed), .object(given), "")
    }

    private static func first(_ signed: JSONValue, _ given: JSONValue, _ path: String) -> SignedVerdict.Difference? {
        switch (signed, given) {
        case (.object(let left), .object(let right)):
            for name in names(Set(left.keys).union(right.keys)) {
                let inner = path.isEmpty ? name : "\(path).\(name)"
                if let found = first(left[name] ?? .null, right[name] ?? .null, inner) { return found }
            }
            return nil
        case (.list(let left), .list(let right)):
            for index in 0..<max(left.count, right.count) {
                let (one, other) = (
                    index < left.count ? left[index] : .null, index < right.count ? right[index] : .null
                )
                if let found = first(one, other, "\(path)[\(index)]") { return found }
            }
            return nil
        default:
            return isSame(signed, given, path)
                ? nil : SignedVerdict.Difference(path: path, signed: text(signed), given: text(given))
        }
    }

    private static func names(_ names: Set<String>) -> [String] {
        let known = order.filter(names.contains)
        return known + names.subtracting(known).sorted()
    }

    /// Nothing, blank and zero are one: writers differ in whether they write them.
    private static func isSame(_ signed: JSONValue, _ given: JSONValue, _ path: String) -> Bool {
        if let left = amount(signed), let right = amount(given) { return left == right }
        let (left, right) = (plain(signed), plain(given))
        // Portals turn numbers to capitals.
        if path == "DocDtls.No" { return left.uppercased() == right.uppercased() }
        return left == right
    }

    private static func amount(_ value: JSONValue) -> Decimal? {
        switch value {
        case .integer(let number): Decimal(number)
        case .number(let number): number
        case .null: 0
        default: nil
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .text(let text): text.split(separator: " ").joined(separator: " ")
        case .integer(let number): String(number)
        case .number(let number): number.description
        case .flag(let flag): flag ? "Y" : "N"
        case .list(let list): list.isEmpty ? "" : "a list"
        case .object(let object): object.values.allSatisfy { plain($0).isEmpty } ? "" : "an object"
        case .null: ""
        }
    }

    private static func text(_ value: JSONValue) -> String {
        let found = plain(value)
        return found.isEmpty ? "nothing" : HarmlessText.line(found, limit: 60)
    }

    /// The claims of a QR in their order.
    static func first(of qr: QrClaims, _ invoice: Invoice) -> SignedVerdict.Difference? {
        let items = invoice.items
        let total = invoice.totals.invoiceTotal.flatMap { Decimal(string: $0.description) }
        let main = mainCodes(items)
        let rows: [(path: String, signed: String, given: String, isSame: Bool)] = [
            row("SellerDtls.Gstin", qr.sellerGstin, invoice.seller.gstin),
            row("BuyerDtls.Gstin", qr.buyerGstin, invoice.buyer.gstin),
            row("DocDtls.No", qr.documentNumber.uppercased(), invoice.document.number?.uppercased()),
            row("DocDtls.Typ", qr.documentType, invoice.document.type),
            row("DocDtls.Dt", qr.documentDate?.description, invoice.document.day?.description),
            ("ValDtls.TotInvVal", qr.total?.description ?? "", total?.description ?? "", qr.total == total),
            row("ItemList", qr.itemCount.map { Counted.text($0, "item") }, Counted.text(items.count, "item")),
            (
                "MainHsnCode", qr.mainHsn ?? "", main.joined(separator: " or "),
                qr.mainHsn.map { main.isEmpty || main.contains($0) } ?? true
            ),
        ]
        return rows.first { !$0.isSame }.map {
            SignedVerdict.Difference(
                path: $0.path, signed: text(.text($0.signed)), given: text(.text($0.given)))
        }
    }

    private static func row(
        _ path: String, _ signed: String?, _ given: String?
    ) -> (path: String, signed: String, given: String, isSame: Bool) {
        (path, signed ?? "", given ?? "", signed == given)
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
