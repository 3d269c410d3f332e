extension InvoiceTotals {
    /// Works out each sum that is not given from the items. Taxes that no item carries stay out. The value of the whole
    /// takes discount, other charges and rounding into account, as code 2189 checks it (facts: nic-einvoice-ewb 4.6).
    public mutating func fill(summing items: [InvoiceItem]) {
        func sum(_ amounts: (InvoiceItem) -> [ExactDecimal?]) -> ComputedAmount? {
            let parts = items.flatMap(amounts).compactMap(\.self)
            return parts.isEmpty ? nil : parts.reduce(into: ComputedAmount.zero) { $0 += ComputedAmount($1) }
        }
        assessable = assessable ?? sum { [$0.assessableAmount] }?.rounded
        cgst = cgst ?? sum { [$0.cgst] }?.rounded
        sgst = sgst ?? sum { [$0.sgst] }?.rounded
        igst = igst ?? sum { [$0.igst] }?.rounded
        cess = cess ?? sum { [$0.cess, $0.nonAdvalCess] }?.rounded
        stateCess = stateCess ?? sum { [$0.stateCess, $0.stateNonAdvalCess] }?.rounded
        let around = ComputedAmount(otherCharges) + ComputedAmount(roundOff) - ComputedAmount(discount)
        invoiceTotal = invoiceTotal ?? sum { [$0.itemTotal] }.map { ($0 + around).rounded }
    }
}
