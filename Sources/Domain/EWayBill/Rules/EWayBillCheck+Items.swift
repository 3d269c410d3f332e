// Goods, rates and sums (facts: nic-einvoice-ewb 3.4, 7.4).
extension EWayBillCheck {
    mutating func checkItems() {
        if bill.items.count > settings.mostItems {
            error(
                "itemList", "items.count", "233",
                "has \(Counted.text(bill.items.count, "item")); \(settings.mostItems) are allowed", "Make several bills"
            )
        }
        if !bill.items.isEmpty, bill.items.allSatisfy({ $0.hsnCode?.hasPrefix("99") == true }) {
            error("itemList", "items.goods", "724", "holds services only", "E-way bills are for goods")
        }
        for (place, item) in bill.items.enumerated() { check(item, "itemList[\(place)]") }
    }

    private mutating func check(_ item: EWayBillItem, _ path: String) {
        if let code = item.hsnCode, TextForm.code.fits(code), code.utf8.count < 4 || code.utf8.count % 2 != 0 {
            error("\(path).hsnCode", "item.hsnDigits", "282", "is \(code); codes have 4, 6 or 8 digits")
        }
        if let unit = item.unit?.filled { checkUnit(unit, "\(path).qtyUnit", "217", settings.extra) }
        checkRates(of: item, path)
    }

    private mutating func checkRates(of item: EWayBillItem, _ path: String) {
        guard let from = bill.from.stateCode, let to = bill.to.stateCode else { return }
        let day = bill.documentDay ?? self.day
        let central = (item.cgstRate ?? 0, item.sgstRate ?? 0)
        let integrated = item.igstRate ?? 0
        if from != to, central.0 > 0 || central.1 > 0 {
            error(
                "\(path).cgstRate", "item.centralInter", "624", "is \(central.0) between states \(from) and \(to)",
                "Write the whole rate as igstRate")
        } else if from == to, integrated > 0 {
            // Supplies to a SEZ carry IGST within a state too.
            warning("\(path).igstRate", "item.igstIntra", "623", "is \(integrated) within state \(from)")
        }
        let rate = ExactDecimal(thousandths: central.0.thousandths + central.1.thousandths)
        if central.0 != central.1 {
            error(
                "\(path).sgstRate", "item.halves", "218", "is \(central.1), cgstRate is \(central.0)",
                "Both are half of the rate")
        } else if GstRate.find(rate, on: day, settings.extra) == nil {
            error("\(path).cgstRate", "item.rate", "218", "is \(central.0), which is half of no rate of GST")
        }
        if GstRate.find(integrated, on: day, settings.extra) == nil {
            error("\(path).igstRate", "item.rate", "219", "is \(integrated), which is no rate of GST")
        }
    }

    mutating func checkTotals() {
        let totals = bill.totals
        guard let sent = totals.invoice else { return }
        let parts = [
            totals.taxable, totals.cgst, totals.sgst, totals.igst, totals.cess, totals.nonAdvolCess, totals.other,
        ]
        let sum = parts.reduce(into: ComputedAmount.zero) { $0 += ComputedAmount($1) }
        let difference = ComputedAmount(sent) - sum
        let problem = "is \(sent), its parts add up to \(sum.rounded)"
        if difference < .rupees(-settings.graceRupees) {
            error("totInvValue", "totals.invoice", "620", problem, "Write \(sum.rounded)")
        } else if !difference.isBelowAPaisa {
            warning("totInvValue", "totals.invoice", "620", problem, "Write \(sum.rounded), or the rest as otherValue")
        }
        let taxable = bill.items.reduce(into: ComputedAmount.zero) { $0 += ComputedAmount($1.taxableAmount) }
        if let sent = totals.taxable, !(ComputedAmount(sent) - taxable).isBelowAPaisa {
            warning(
                "totalValue", "totals.taxable", nil, "is \(sent), the items add up to \(taxable.rounded)",
                "Write \(taxable.rounded)")
        }
    }
}
