import Domain

/// Documents of one seller for actions, as the simulated portals take them: ten steel boxes between states.
public struct SampleDocuments: Sendable {
    let seller: String
    let buyer: String
    let day: LegalDate

    /// - Parameter day: of the documents, in India.
    public init(seller: String, buyer: String, day: LegalDate) {
        self.seller = seller
        self.buyer = buyer
        self.day = day
    }

    private var date: String { DocumentDate.text(day) }

    /// INV-01 of today.
    public func invoice(_ number: String, total: String = "708.00") -> String {
        """
        {"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N"},
        "DocDtls":{"Typ":"INV","No":"\(number)","Dt":"\(date)"},
        "SellerDtls":{"Gstin":"\(seller)","LglNm":"Harihar & Co","Addr1":"12 Market Road","Loc":"Lucknow",
        "Pin":226001,"Stcd":"09"},
        "BuyerDtls":{"Gstin":"\(buyer)","LglNm":"Bela Stores","Pos":"29","Addr1":"4 Lake View",
        "Loc":"Bengaluru","Pin":560001,"Stcd":"29"},
        "ItemList":[{"SlNo":"1","PrdDesc":"Steel boxes","IsServc":"N","HsnCd":"732690","Qty":10,"Unit":"NOS",
        "UnitPrice":60,"TotAmt":600.00,"AssAmt":600.00,"GstRt":18,"IgstAmt":108.00,"TotItemVal":\(total)}],
        "ValDtls":{"AssVal":600.00,"IgstVal":108.00,"TotInvVal":\(total)}}
        """
    }

    /// An e-way bill of today for a challan: no invoice stands behind it.
    public func bill(_ number: String, total: String = "1180") -> String {
        """
        {"userGstin":"\(seller)","supplyType":"O","subSupplyType":"4","docType":"CHL","docNo":"\(number)",
        "docDate":"\(date)","fromGstin":"\(seller)","fromTrdName":"Harihar & Co","fromPincode":226001,
        "fromStateCode":9,"actFromStateCode":9,"fromPlace":"Lucknow","toGstin":"\(buyer)",
        "toTrdName":"Bela Stores","toPincode":560001,"toStateCode":29,"actToStateCode":29,"toPlace":"Bengaluru",
        "transactionType":1,"transDistance":"0","totalValue":1000.00,"igstValue":180,"totInvValue":\(total),
        "transMode":"1","vehicleNo":"UP32AB1234","vehicleType":"R","itemList":[{"productName":"Boxes",
        "hsnCode":732690,"quantity":5,"qtyUnit":"NOS","taxableAmount":1000,"igstRate":18}]}
        """
    }

    /// An e-way bill of today for goods that come back from the buyer: the seller makes it as their receiver.
    public func incoming(_ number: String) -> String {
        bill(number)
            .replacing(#""supplyType":"O","subSupplyType":"4""#, with: #""supplyType":"I","subSupplyType":"7""#)
            .replacing(#""fromGstin":"\#(seller)""#, with: #""fromGstin":"\#(buyer)""#)
            .replacing(#""toGstin":"\#(buyer)""#, with: #""toGstin":"\#(seller)""#)
            .replacing(#""fromPincode":226001"#, with: #""fromPincode":560001"#)
            .replacing(#""fromStateCode":9,"actFromStateCode":9"#, with: #""fromStateCode":29,"actFromStateCode":29"#)
            .replacing(#""toPincode":560001"#, with: #""toPincode":226001"#)
            .replacing(#""toStateCode":29,"actToStateCode":29"#, with: #""toStateCode":9,"actToStateCode":9"#)
    }
}
