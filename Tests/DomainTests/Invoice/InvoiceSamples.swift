import Domain

/// Invoices that hold every rule; all names and numbers are made up.
enum InvoiceSamples {
    static let day = LegalDate(dayNumber: 20_779)
    static let dayText = "22/11/2026"
    static let karnataka = "29AAKCP1234L1Z4"
    static let secondKarnataka = "29AAQFM4321K1ZV"
    static let maharashtra = "27AABCT7788N1ZE"
    static let tamilNadu = "33AAHCD9090Q1ZY"

    static func amount(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? -1 }

    static func party(_ gstin: String, _ pin: Int, _ name: String) -> Party {
        var party = Party()
        party.gstin = gstin
        party.legalName = name
        party.address1 = "14, Neem Street"
        party.location = "Old Market"
        party.pin = pin
        party.stateCode = String(gstin.prefix(2))
        return party
    }

    static func buyer(_ gstin: String, _ pin: Int) -> Party {
        var buyer = party(gstin, pin, "Banyan Traders LLP")
        buyer.placeOfSupply = buyer.stateCode
        return buyer
    }

    static let abroad: Party = {
        var buyer = party("URP", 999_999, "Fjord Imports AS")
        buyer.stateCode = "96"
        buyer.placeOfSupply = "96"
        return buyer
    }()

    /// Goods for 12500.00 at 18 percent.
    static let goods: InvoiceItem = {
        var item = InvoiceItem()
        item.serialNumber = "1"
        item.description = "Brass fittings"
        item.serviceFlag = "N"
        item.hsnCode = "741220"
        item.quantity = amount("10")
        item.unit = "NOS"
        item.unitPrice = amount("1250.500")
        item.totalAmount = amount("12505.00")
        item.discount = amount("5")
        item.assessableAmount = amount("12500.00")
        item.gstRate = amount("18")
        return item
    }()

    /// A service for 1000.00 at 18 percent.
    static let service: InvoiceItem = {
        var item = InvoiceItem()
        item.serialNumber = "2"
        item.serviceFlag = "Y"
        item.hsnCode = "998719"
        item.unitPrice = amount("1000")
        item.totalAmount = amount("1000.00")
        item.assessableAmount = amount("1000.00")
        item.gstRate = amount("18")
        return item
    }()

    static func base(_ kind: SupplyKind, buyer: Party) -> Invoice {
        var invoice = Invoice()
        invoice.version = "1.1"
        invoice.transaction.taxScheme = "GST"
        invoice.transaction.supplyType = kind.rawValue
        invoice.document.type = "INV"
        invoice.document.number = "PN/26-27/0041"
        invoice.document.date = dayText
        invoice.seller = party(karnataka, 560_034, "Peepal Metals Private Limited")
        invoice.buyer = buyer
        return invoice
    }

    static let intra: Invoice = {
        var invoice = base(.business, buyer: buyer(secondKarnataka, 562_110))
        invoice.items = [goods, service]
        for (place, tax, total) in [(0, "1125.00", "14750.00"), (1, "90.00", "1180.00")] {
            invoice.items[place].cgst = amount(tax)
            invoice.items[place].sgst = amount(tax)
            invoice.items[place].itemTotal = amount(total)
        }
        invoice.totals.assessable = amount("13500.00")
        invoice.totals.cgst = amount("1215.00")
        invoice.totals.sgst = amount("1215.00")
        invoice.totals.invoiceTotal = amount("15930.00")
        return invoice
    }()

    static func integrated(_ kind: SupplyKind, buyer: Party) -> Invoice {
        var invoice = base(kind, buyer: buyer)
        invoice.items = [goods, service]
        for (place, tax, total) in [(0, "2250.00", "14750.00"), (1, "180.00", "1180.00")] {
            invoice.items[place].igst = amount(tax)
            invoice.items[place].itemTotal = amount(total)
        }
        invoice.totals.assessable = amount("13500.00")
        invoice.totals.igst = amount("2430.00")
        invoice.totals.invoiceTotal = amount("15930.00")
        return invoice
    }

    static func withoutTax(_ kind: SupplyKind, buyer: Party) -> Invoice {
        taxLeftOut(integrated(kind, buyer: buyer), keepsTax: false)
    }

    /// The same with totals that do not hold the tax.
    static func taxLeftOut(_ invoice: Invoice, keepsTax: Bool) -> Invoice {
        var invoice = invoice
        for place in invoice.items.indices {
            invoice.items[place].itemTotal = invoice.items[place].assessableAmount
            if !keepsTax { invoice.items[place].igst = nil }
        }
        if !keepsTax { invoice.totals.igst = nil }
        invoice.totals.invoiceTotal = amount("13500.00")
        return invoice
    }

    static let inter = integrated(.business, buyer: buyer(maharashtra, 411_014))

    static let withTransport: Invoice = {
        var invoice = inter
        var details = TransportDetails()
        details.mode = "1"
        details.distance = 840
        details.vehicleNumber = "KA05MH2211"
        details.vehicleType = "R"
        invoice.eWayBill = details
        return invoice
    }()

    /// Two lines of 7.60 at 12 percent: the half paisa goes once up and once down (facts: nic-einvoice-ewb 4.6).
    static let creditNote: Invoice = {
        var invoice = base(.business, buyer: buyer(secondKarnataka, 562_110))
        invoice.document.type = "CRN"
        invoice.document.number = "CN/7"
        for (number, tax, total) in [("1", "0.46", "8.52"), ("2", "0.45", "8.50")] {
            var item = goods
            item.serialNumber = number
            item.quantity = amount("1")
            item.unitPrice = amount("7.6")
            item.totalAmount = amount("7.60")
            item.discount = nil
            item.assessableAmount = amount("7.60")
            item.gstRate = amount("12")
            item.cgst = amount(tax)
            item.sgst = amount(tax)
            item.itemTotal = amount(total)
            invoice.items.append(item)
        }
        invoice.totals.assessable = amount("15.20")
        invoice.totals.cgst = amount("0.91")
        invoice.totals.sgst = amount("0.91")
        invoice.totals.roundOff = amount("-0.02")
        invoice.totals.invoiceTotal = amount("17.00")
        return invoice
    }()

    static let cesses: Invoice = {
        var invoice = inter
        invoice.items = [invoice.items[0]]
        invoice.items[0].cessRate = amount("5")
        invoice.items[0].cess = amount("625.00")
        invoice.items[0].nonAdvalCess = amount("10.00")
        invoice.items[0].stateCessRate = amount("1")
        invoice.items[0].stateCess = amount("125.00")
        invoice.items[0].stateNonAdvalCess = amount("4.50")
        invoice.items[0].otherCharges = amount("20.00")
        invoice.items[0].itemTotal = amount("15534.50")
        invoice.totals = InvoiceTotals()
        invoice.totals.assessable = amount("12500.00")
        invoice.totals.igst = amount("2250.00")
        invoice.totals.cess = amount("635.00")
        invoice.totals.stateCess = amount("129.50")
        invoice.totals.discount = amount("34.50")
        invoice.totals.otherCharges = amount("99.75")
        invoice.totals.roundOff = amount("0.25")
        invoice.totals.invoiceTotal = amount("15600.00")
        return invoice
    }()
}
