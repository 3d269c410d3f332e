/// Drafts of invoices and bills; all names and numbers are made up.
enum DocumentSamples {
    static let invoices = [sale, export]

    private static let sale =
        #"{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N"},"#
        + #""DocDtls":{"Typ":"INV","No":"NM/26-27/118","Dt":"20/11/2026"},"#
        + #""SellerDtls":{"Gstin":"29AAKCP1234L1Z4","LglNm":"Neem Textiles Private Limited","Addr1":"7, Loom Road","#
        + #""Loc":"Bengaluru","Pin":560034,"Stcd":"29","Ph":"08022000001","Em":"office@neem.example"},"#
        + #""BuyerDtls":{"Gstin":"27AABCT7788N1ZE","LglNm":"Deodar Garments LLP","Pos":"27","Addr1":"Shed 4, Mill Lane","#
        + #""Loc":"Pune","Pin":411014,"Stcd":"27"},"#
        + #""ItemList":[{"SlNo":"1","PrdDesc":"Cotton shirting","IsServc":"N","HsnCd":"520852","Qty":200.5,"Unit":"MTR","#
        + #""UnitPrice":100,"TotAmt":20050.00,"Discount":50.00,"AssAmt":20000.00,"GstRt":5,"IgstAmt":1000.00,"#
        + #""TotItemVal":21000.00,"BchDtls":{"Nm":"L-19"},"AttribDtls":[{"Nm":"Width","Val":"58 in"}]}],"#
        + #""ValDtls":{"AssVal":20000.00,"IgstVal":1000.00,"RndOffAmt":-0.00,"TotInvVal":21000.00},"#
        + #""RefDtls":{"InvRm":"As ordered","DocPerdDtls":{"InvStDt":"01/11/2026","InvEndDt":"20/11/2026"}},"#
        + #""EwbDtls":{"TransMode":"1","Distance":845,"VehNo":"KA05MH2211","VehType":"R"}}"#

    private static let export =
        #"{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"EXPWOP"},"#
        + #""DocDtls":{"Typ":"INV","No":"X/9","Dt":"21/11/2026"},"#
        + #""SellerDtls":{"Gstin":"29AAKCP1234L1Z4","LglNm":"Neem Textiles Private Limited","Addr1":"7, Loom Road","#
        + #""Loc":"Bengaluru","Pin":560034,"Stcd":"29"},"BuyerDtls":{"Gstin":"URP","LglNm":"Fjord Imports AS","Pos":"96","#
        + #""Addr1":"Quay 3","Loc":"Bergen","Pin":999999,"Stcd":"96"},"ItemList":[{"SlNo":"1","IsServc":"N","#
        + #""HsnCd":"520852","Qty":1,"Unit":"BAL","UnitPrice":900.125,"TotAmt":900.13,"AssAmt":900.13,"GstRt":0.1,"#
        + #""TotItemVal":900.13}],"ValDtls":{"AssVal":900.13,"TotInvVal":900.13,"TotInvValFc":10.75},"#
        + #""ExpDtls":{"ShipBNo":"SB-1","ShipBDt":"21/11/2026","Port":"INMAA1","ForCur":"NOK","CntCode":"NO"}}"#

    static let bill =
        #"{"supplyType":"O","subSupplyType":"1","docType":"INV","docNo":"NM/26-27/119","docDate":"20/11/2026","#
        + #""fromGstin":"29AAKCP1234L1Z4","fromTrdName":"Neem Textiles","fromPlace":"Bengaluru","fromPincode":560034,"#
        + #""actFromStateCode":29,"fromStateCode":29,"toGstin":"27AABCT7788N1ZE","toPincode":411014,"actToStateCode":27,"#
        + #""toStateCode":27,"transactionType":1,"otherValue":-100,"totalValue":20000.00,"igstValue":1000,"#
        + #""totInvValue":20900.00,"transporterId":"","transDocNo":"","transMode":"1","transDistance":"845","transDocDate":"","#
        + #""vehicleNo":"KA05MH2211","vehicleType":"R","itemList":[{"productName":"Cotton shirting","hsnCode":520852,"#
        + #""quantity":200.5,"qtyUnit":"MTR","taxableAmount":20000.00,"igstRate":5}]}"#

    static let sheet =
        "Supply Type,Document Type,Document No,Document Date,Seller GSTIN,Seller Legal Name,Seller Address 1,Seller Place,"
        + "Seller PIN,Seller State,Buyer GSTIN,Buyer Legal Name,Buyer Address 1,Buyer Place,Buyer PIN,Buyer State,"
        + "Place of Supply,Is Service,HSN,Quantity,Unit,Unit Price,Gross Amount,Taxable Value,GST Rate,IGST,Item Total\n"
        + line("NM/1", "1,MTR,100,100.00,100.00,5%,5.00,105.00") + line("NM/2", "2,MTR,100,200,\"200.00\",5,10,210")
        + line("NM/1", "3,MTR,1000,\"3,000.00\",3000,5,150,3150")

    private static func line(_ number: String, _ rest: String) -> String {
        "B2B,INV,\(number),20-11-2026,29AAKCP1234L1Z4,Neem Textiles,Loom Road,Bengaluru,560034,29,27AABCT7788N1ZE,"
            + "Deodar Garments,Mill Lane,Pune,411014,27,27,N,520852,\(rest)\n"
    }
}
