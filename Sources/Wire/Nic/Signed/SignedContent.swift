import Domain
import FoundationEssentials

/// A signed invoice beside an invoice, field by field.
enum SignedContent {
    /// What the portal adds of its own.
    private static let added: Set = ["AckNo", "AckDt", "Irn", "Status", "IrnDt"]
    /// The order in which people read an invoice.
    private static let order = ["Version", "TranDtls", "DocDtls", "SellerDtls", "BuyerDtls", "DispDtls", "ShipDtls"]

    /// - Parameter data: the JSON inside a signed invoice.
    static func difference(_ data: [UInt8], _ invoice: Invoice) -> SignedDifference? {
        guard case .object(var signed)? = try? JSONValue(data),
            case .object(var given)? = try? JSONValue(InvoiceJSON.write(invoice))
        else { return SignedDifference("the invoice", signed: "not understood", given: "an invoice") }
        for name in added { signed[name] = nil }
        // It is answered beside the invoice and not signed with it.
        if signed["EwbDtls"] == nil { given["EwbDtls"] = nil }
        return first(.object(signed), .object(given), "")
    }

    private static func first(_ signed: JSONValue, _ given: JSONValue, _ path: String) -> SignedDifference? {
        switch (signed, given) {
        case (.object(let left), .object(let right)): return first(left, right, path)
        // A part without content is none: portals sign `"EwbDtls":{"Distance":0}` where no bill was wanted.
        case (.object(let left), .null): return first(left, [:], path)
        case (.null, .object(let right)): return first([:], right, path)
        case (.list(let left), .list(let right)): return first(left, right, path)
        case (.list(let left), .null): return first(left, [], path)
        case (.null, .list(let right)): return first([], right, path)
        default:
            return isSame(signed, given, path)
                ? nil : SignedDifference(path, signed: plain(signed), given: plain(given))
        }
    }

    private static func first(
        _ left: [String: JSONValue], _ right: [String: JSONValue], _ path: String
    ) -> SignedDifference? {
        for name in names(Set(left.keys).union(right.keys)) {
            let inner = path.isEmpty ? name : "\(path).\(name)"
            if let found = first(left[name] ?? .null, right[name] ?? .null, inner) { return found }
        }
        return nil
    }

    private static func first(_ left: [JSONValue], _ right: [JSONValue], _ path: String) -> SignedDifference? {
        for index in 0..<max(left.count, right.count) {
            let (one, other) = (
                index < left.count ? left[index] : .null, index < right.count ? right[index] : .null
            )
            if let found = first(one, other, "\(path)[\(index)]") { return found }
        }
        return nil
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
}
