import Foundation

/// An invoice between states that the simulated portals take, with places to change it.
struct SampleInvoice {
    var type = "INV"
    var number = "A/101"
    var date = "20/11/2026"
    /// Text in the JSON and what stands there instead.
    var changes: [(String, String)] = []

    init(number: String = "A/101", _ changes: [(String, String)] = []) {
        self.number = number
        self.changes = changes
    }

    var json: String {
        let text = """
            {"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N"},
            "DocDtls":{"Typ":"\(type)","No":"\(number)","Dt":"\(date)"},
            "SellerDtls":{"Gstin":"\(NicHand.seller)","LglNm":"Harihar & Co","Addr1":"12 Market Road","Loc":"Lucknow",
            "Pin":226001,"Stcd":"09"},
            "BuyerDtls":{"Gstin":"\(NicHand.buyer)","LglNm":"Bela Stores","Pos":"29","Addr1":"4 Lake View",
            "Loc":"Bengaluru","Pin":560001,"Stcd":"29"},
            "ItemList":[{"SlNo":"1","PrdDesc":"Steel boxes","IsServc":"N","HsnCd":"732690","Qty":10.000,"Unit":"Nos",
            "UnitPrice":60.0,"TotAmt":600.00,"AssAmt":600.0,"GstRt":18,"IgstAmt":108,"TotItemVal":708.00}],
            "ValDtls":{"AssVal":600.0,"IgstVal":108.00,"TotInvVal":708.0}}
            """
        return changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }

    /// Asks for the e-way bill in the same call.
    static let transport =
        #","EwbDtls":{"TransMode":"1","Distance":0,"VehNo":"UP32AB1234","VehType":"R"}}"#

    func withTransport(_ details: String = transport) -> SampleInvoice {
        var invoice = self
        invoice.changes.append((#""TotInvVal":708.0}}"#, #""TotInvVal":708.0}"# + details))
        return invoice
    }
}

/// An e-way bill for a delivery, with places to change it.
enum SampleBill {
    static func json(number: String = "DC-7", _ changes: [(String, String)] = []) -> String {
        let text = """
            {"supplyType":"O","subSupplyType":"4","docType":"CHL","docNo":"\(number)","docDate":"20/11/2026",
            "fromGstin":"\(NicHand.seller)","fromPincode":226001,"fromStateCode":9,"actFromStateCode":9,
            "fromPlace":"Lucknow","toGstin":"\(NicHand.buyer)","toPincode":560001,"toStateCode":29,"actToStateCode":29,
            "toPlace":"Bengaluru","transactionType":1,"transDistance":"0","totalValue":1000.00,"igstValue":180,
            "totInvValue":1180,"transMode":"1","vehicleNo":"UP32AB1234","vehicleType":"R",
            "itemList":[{"productName":"Boxes","hsnCode":732690,"quantity":5,"qtyUnit":"NOS","taxableAmount":1000}]}
            """
        return changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
}
