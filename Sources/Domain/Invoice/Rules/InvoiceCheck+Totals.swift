// Sums of the whole (facts: nic-einvoice-ewb 4.6).
extension InvoiceCheck {
    mutating func checkTotals() {
        let totals = invoice.totals
        guard !invoice.items.isEmpty, totals != InvoiceTotals() else { return }
        if totals.assessable != nil {
            compareSum(totals.assessable, "AssVal", "2182") { ComputedAmount($0.assessableAmount) }
        }
        compareSum(totals.sgst, "SgstVal", "2183") { ComputedAmount($0.sgst) }
        compareSum(totals.cgst, "CgstVal", "2184") { ComputedAmount($0.cgst) }
        compareSum(totals.igst, "IgstVal", "2185") { ComputedAmount($0.igst) }
        compareSum(totals.cess, "CesVal", "2186") { ComputedAmount($0.cess) + ComputedAmount($0.nonAdvalCess) }
        compareSum(totals.stateCess, "StCesVal", "2187") {
            ComputedAmount($0.stateCess) + ComputedAmount($0.stateNonAdvalCess)
        }
        checkInvoiceTotal()
    }

    private mutating func compareSum(
        _ sent: ExactDecimal?, _ field: String, _ code: String, _ part: (InvoiceItem) -> ComputedAmount
    ) {
        let sum = invoice.items.reduce(into: ComputedAmount.zero) { $0 += part($1) }
        compare(sent, with: sum, isTotal: true, at: nil, "ValDtls.\(field)", "totals.sum", code, "the sum of the items")
    }

    private mutating func checkInvoiceTotal() {
        let totals = invoice.totals
        guard let sent = totals.invoiceTotal else { return }
        let around =
            ComputedAmount(totals.otherCharges) + ComputedAmount(totals.roundOff) - ComputedAmount(totals.discount)
        let sum = invoice.items.reduce(into: ComputedAmount.zero) { $0 += ComputedAmount($1.itemTotal) }
        let bare = invoice.items.reduce(into: ComputedAmount.zero) {
            $0 += ComputedAmount($1.assessableAmount) + ComputedAmount($1.otherCharges)
        }
        compare(
            sent, with: sum + around, alternatives: mayLeaveTaxOut ? [bare + around] : [], isTotal: true,
            at: nil, "ValDtls.TotInvVal", "totals.invoice", "2189",
            "the sum of TotItemVal - Discount + OthChrg + RndOffAmt")
        if let discount = totals.discount, discount > 0, discount >= sent {
            error(
                "ValDtls.Discount", "totals.discount", "2220", "is \(discount), not less than the total \(sent)",
                "Put discounts of items on the items")
        }
    }
}
