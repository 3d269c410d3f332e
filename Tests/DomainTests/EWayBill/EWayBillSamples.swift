import Domain

/// A bill that holds every rule; all names and numbers are made up.
enum EWayBillSamples {
    static let day = InvoiceSamples.day

    static func party(_ gstin: String, _ pin: Int) -> EWayBillParty {
        var party = EWayBillParty()
        party.gstin = gstin
        party.tradeName = "Peepal Metals"
        party.address1 = "14, Neem Street"
        party.place = "Old Market"
        party.pin = pin
        party.stateCode = Int(gstin.prefix(2))
        party.actualStateCode = party.stateCode
        return party
    }

    static let sale: EWayBill = {
        var bill = EWayBill()
        bill.supplyType = "O"
        bill.subSupplyType = "1"
        bill.documentType = "INV"
        bill.documentNumber = "PN/26-27/0042"
        bill.documentDate = "22/11/2026"
        bill.from = party(InvoiceSamples.karnataka, 560_034)
        bill.to = party(InvoiceSamples.maharashtra, 411_014)
        bill.transactionType = 1
        var item = EWayBillItem()
        item.name = "Brass fittings"
        item.hsnCode = "741220"
        item.quantity = 10
        item.unit = "NOS"
        item.taxableAmount = 12_500
        item.igstRate = 18
        bill.items = [item]
        bill.totals.taxable = 12_500
        bill.totals.igst = 2_250
        bill.totals.invoice = 14_750
        bill.transport.mode = "1"
        bill.transport.distance = 840
        bill.transport.vehicleNumber = "KA05MH2211"
        bill.transport.vehicleType = "R"
        bill.transport.documentDate = ""
        return bill
    }()

    /// To job work within a state, with a challan.
    static let jobWork: EWayBill = {
        var bill = sale
        bill.subSupplyType = "4"
        bill.documentType = "CHL"
        bill.to = party(InvoiceSamples.secondKarnataka, 562_110)
        bill.items[0].igstRate = nil
        bill.items[0].cgstRate = 9
        bill.items[0].sgstRate = 9
        bill.totals.igst = nil
        bill.totals.cgst = 1_125
        bill.totals.sgst = 1_125
        return bill
    }()
}
