extension InvoiceTotals {
    /// The sums of the items, for a draft that came without them. Taxes that no item carries stay out.
    public init(summing items: [InvoiceItem]) {
        self.init()
        func sum(_ amounts: (InvoiceItem) -> [ExactDecimal?]) -> ExactDecimal? {
            let parts = items.flatMap(amounts).compactMap(\.self)
            return parts.isEmpty ? nil : parts.reduce(into: ComputedAmount.zero) { $0 += ComputedAmount($1) }.rounded
        }
        assessable = sum { [$0.assessableAmount] }
        cgst = sum { [$0.cgst] }
        sgst = sum { [$0.sgst] }
        igst = sum { [$0.igst] }
        cess = sum { [$0.cess, $0.nonAdvalCess] }
        stateCess = sum { [$0.stateCess, $0.stateNonAdvalCess] }
        invoiceTotal = sum { [$0.itemTotal] }
    }
}
