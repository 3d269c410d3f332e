/// Everything that the registration portals would refuse in an invoice, found before it is sent
/// (facts: nic-einvoice-ewb 4). What only their masters know, such as whether a GSTIN is active, is left to them.
public enum InvoiceRules {
    /// - Parameter day: the day in India on which it would be registered.
    public static func check(
        _ invoice: Invoice, on day: LegalDate, _ settings: InvoiceSettings = InvoiceSettings()
    ) -> [Finding] {
        var shape = ShapeCheck()
        shape.check(invoice, InvoiceSchema.invoice)
        var check = InvoiceCheck(invoice: invoice, day: day, settings: settings)
        check.checkHeader()
        check.checkParties()
        check.checkItems()
        check.checkTotals()
        check.checkReferences()
        check.checkTransport()
        return shape.findings + check.findings
    }
}

/// One pass over one invoice. Its rules stand in the extensions, by what they look at.
struct InvoiceCheck: DocumentCheck {
    let invoice: Invoice
    let day: LegalDate
    let settings: InvoiceSettings
    var findings: [Finding] = []

    var kind: SupplyKind? { invoice.transaction.kind }
    var sellerState: Int? { invoice.seller.stateCode.flatMap { Int($0) } }
    var placeOfSupply: Int? { invoice.buyer.placeOfSupply.flatMap { Int($0) } }

    /// Which taxes a line carries; nil while kind or states are unknown.
    enum Levy { case central, integrated }

    var levy: Levy? {
        guard let kind else { return nil }
        if kind.isExport || kind.isSez { return .integrated }
        guard let sellerState, let placeOfSupply else { return nil }
        return sellerState == placeOfSupply && !invoice.transaction.isIgstOnIntra ? .central : .integrated
    }

    /// Tax may stand in the totals or be left out of them: the recipient, or nobody, pays it.
    var mayLeaveTaxOut: Bool { invoice.transaction.isReverseCharge || kind == .exportWithPayment }

    var isNote: Bool { invoice.document.kind == .creditNote || invoice.document.kind == .debitNote }

    /// Holds a figure to the one worked out: equal to the paisa, or a warning within the portal's tolerance, or an error.
    ///
    /// - Parameters:
    ///   - alternatives: other figures that are right too.
    ///   - place: of the item; nil for the whole.
    mutating func compare(
        _ sent: ExactDecimal?, with right: ComputedAmount, alternatives: [ComputedAmount] = [], isTotal: Bool = false,
        at place: Int?, _ field: String, _ rule: String, _ code: String, _ formula: String
    ) {
        let amount = ComputedAmount(sent)
        let figures = [right] + alternatives
        if figures.contains(where: { (amount - $0).isBelowAPaisa }) { return }
        let isTolerated = figures.contains { settings.tolerance.accepts(amount, for: $0, isTotal: isTotal) }
        let path = place.map { "ItemList[\($0)].\(field)" } ?? field
        let problem = "is \(sent?.text ?? "missing"), \(formula) gives \(right.rounded)"
        let remedy = "Write \(right.rounded)"
        if isTolerated {
            warning(path, rule, code, problem + "; the portal tolerates the difference", remedy)
        } else {
            error(path, rule, code, problem, remedy)
        }
    }
}
