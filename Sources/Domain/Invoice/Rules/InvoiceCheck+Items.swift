// The lines: what is sold, and its taxes (facts: nic-einvoice-ewb 4.3, 4.5, 4.6).
extension InvoiceCheck {
    mutating func checkItems() {
        if invoice.items.count > settings.mostItems {
            error(
                "ItemList", "items.count", "2173",
                "has \(Counted.text(invoice.items.count, "item")); \(settings.mostItems) are allowed",
                "Split the invoice, or ask NIC for more")
        }
        var numbers: Set<Int> = []
        for (place, item) in invoice.items.enumerated() {
            if let number = item.serialNumber.flatMap({ Int($0) }), !numbers.insert(number).inserted {
                error("ItemList[\(place)].SlNo", "item.number", "2233", "is \(number) for a second time")
            }
            checkKind(of: item, place)
            checkRate(of: item, place)
            checkAmounts(of: item, place)
            checkTax(of: item, place)
            checkCess(of: item, place)
            checkTotal(of: item, place)
        }
    }

    private func path(_ place: Int, _ field: String) -> String { "ItemList[\(place)].\(field)" }

    private mutating func checkKind(of item: InvoiceItem, _ place: Int) {
        if let code = item.hsnCode, TextForm.code.fits(code), (4...8).contains(code.utf8.count) {
            let (digits, least) = (code.utf8.count, settings.leastHsnDigits(of: invoice.seller.gstin))
            if digits % 2 != 0 {
                error(path(place, "HsnCd"), "item.hsnDigits", "2176", "is \(code); codes have 4, 6 or 8 digits")
            } else if digits < least {
                error(
                    path(place, "HsnCd"), "item.hsnShort", "2176",
                    "is \(code) with \(digits) digits; \(least) are needed",
                    "Four do for a turnover of at most 5 crore: four_digit_hsn in config.toml names such sellers")
            }
            if let flag = item.serviceFlag, (flag == "Y") != code.hasPrefix("99") {
                error(
                    path(place, "HsnCd"), "item.service", "2199",
                    flag == "Y"
                        ? "is \(code), but codes of services begin with 99"
                        : "is \(code), a service, but IsServc is \(flag)")
            }
        }
        if let unit = item.unit { checkUnit(unit, path(place, "Unit"), "2177", settings.extra) }
        guard item.serviceFlag == "N" else { return }
        if item.quantity == nil { error(path(place, "Qty"), "item.quantity", "2238", "is missing from goods") }
        if item.unit == nil { error(path(place, "Unit"), "item.unitMissing", "2239", "is missing from goods") }
    }

    private mutating func checkRate(of item: InvoiceItem, _ place: Int) {
        guard let rate = item.gstRate else { return }
        let known = GstRate.find(rate, on: invoice.document.day ?? day, settings.extra)
        if known == nil {
            error(
                path(place, "GstRt"), "item.rate", "2240", "is \(rate), which is no rate of GST on the document's day")
        } else if known == GstRate.forty {
            find(
                settings.fortyPercent, path(place, "GstRt"), "item.rateForty", "2240",
                "is 40, which the portal may not know yet")
        }
    }

    private mutating func checkAmounts(of item: InvoiceItem, _ place: Int) {
        guard let total = item.totalAmount, let assessable = item.assessableAmount else { return }
        compare(
            assessable, with: ComputedAmount(total) - ComputedAmount(item.discount), at: place, "AssAmt",
            "item.assessable", "2193", "TotAmt - Discount")
    }

    private mutating func checkTax(of item: InvoiceItem, _ place: Int) {
        guard let levy else { return }
        let central = ComputedAmount(item.cgst) + ComputedAmount(item.sgst)
        switch levy {
        case .central:
            if ComputedAmount(item.igst) > .zero {
                error(
                    path(place, "IgstAmt"), "item.igstIntra", "2172",
                    "is \(item.igst?.text ?? ""), but seller and place of supply are in one state",
                    "Charge CGST and SGST, or set IgstOnIntra")
            }
            checkCentral(of: item, central, place)
        case .integrated:
            if central > .zero {
                let isOnIntra = invoice.transaction.isIgstOnIntra && sellerState == placeOfSupply
                let code = isOnIntra ? "2263" : kind?.isExport == true ? "2180" : kind?.isSez == true ? "2237" : "2174"
                error(
                    path(place, "CgstAmt"), "item.centralInter", code,
                    "is \(item.cgst?.text ?? "missing") and SgstAmt \(item.sgst?.text ?? "missing"), but this supply carries IGST",
                    "Charge IGST alone")
            }
            checkIntegrated(of: item, place)
        }
    }

    private mutating func checkCentral(of item: InvoiceItem, _ central: ComputedAmount, _ place: Int) {
        if (item.cgst ?? 0) != (item.sgst ?? 0) {
            error(
                path(place, "SgstAmt"), "item.halves", "2227",
                "is \(item.sgst?.text ?? "missing"), CgstAmt is \(item.cgst?.text ?? "missing")",
                "Both are half of the tax")
        }
        guard !isNote, let amount = item.assessableAmount, let rate = item.gstRate else { return }
        let right = ComputedAmount(amount, at: rate, half: true)
        if central == .zero, right >= .rupees(1) {
            return error(
                path(place, "CgstAmt"), "item.centralMissing", "2241",
                "and SgstAmt are missing, AssAmt × GstRt / 200 gives \(right.rounded)",
                "Write \(right.rounded) for each")
        }
        compare(item.cgst, with: right, at: place, "CgstAmt", "item.central", "2234", "AssAmt × GstRt / 200")
        if (item.cgst ?? 0) != (item.sgst ?? 0) {
            compare(item.sgst, with: right, at: place, "SgstAmt", "item.central", "2234", "AssAmt × GstRt / 200")
        }
    }

    private mutating func checkIntegrated(of item: InvoiceItem, _ place: Int) {
        guard !isNote, let amount = item.assessableAmount, let rate = item.gstRate else { return }
        if kind?.isWithoutPayment == true, (item.igst ?? 0) == 0 { return }
        compare(
            item.igst, with: ComputedAmount(amount, at: rate), at: place, "IgstAmt", "item.integrated", "2235",
            "AssAmt × GstRt / 100")
    }

    private mutating func checkCess(of item: InvoiceItem, _ place: Int) {
        guard !isNote, let amount = item.assessableAmount else { return }
        for (rate, sent, field, code) in [
            (item.cessRate, item.cess, "CesAmt", "2266"), (item.stateCessRate, item.stateCess, "StateCesAmt", "2267"),
        ] {
            if kind?.isWithoutPayment == true, (sent ?? 0) == 0 { continue }
            compare(
                sent, with: ComputedAmount(amount, at: rate ?? 0), at: place, field, "item.cess", code,
                "AssAmt × its rate / 100")
        }
    }

    private mutating func checkTotal(of item: InvoiceItem, _ place: Int) {
        guard let sent = item.itemTotal, let amount = item.assessableAmount else { return }
        let bare = ComputedAmount(amount) + ComputedAmount(item.otherCharges)
        let full = bare + item.taxes
        compare(
            sent, with: full, alternatives: mayLeaveTaxOut ? [bare] : [], at: place, "TotItemVal", "item.total", "2194",
            "AssAmt + taxes + cesses + OthChrg")
    }
}

extension InvoiceItem {
    /// GST and cesses of all kinds.
    var taxes: ComputedAmount {
        [igst, cgst, sgst, cess, nonAdvalCess, stateCess, stateNonAdvalCess].reduce(into: .zero) {
            $0 += ComputedAmount($1)
        }
    }
}
