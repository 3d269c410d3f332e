/// What people call the columns of their sheets. Names are compared without case, blanks and punctuation; the name on the
/// wire, such as `DocDtls.No`, always works.
enum DraftTitles {
    struct Title: Sendable {
        var path: String
        /// In a template's header.
        var title: String
        var others: [String]
    }

    static let all: [Title] =
        document + party("SellerDtls", "Seller", ["Supplier"])
        + party("BuyerDtls", "Buyer", ["Customer", "Recipient", "Bill To"])
        + [Title(path: "BuyerDtls.Pos", title: "Place of Supply", others: ["POS"])]
        + party("DispDtls", "Dispatch", ["Dispatch From"]) + party("ShipDtls", "Ship To", ["Consignee", "Shipping"])
        + items + totals + transport + export

    /// `DocDtls.No` and `doc_dtls no` are one.
    static func plain(_ name: String) -> String {
        String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
    }

    private static func title(_ path: String, _ title: String, _ others: String...) -> Title {
        Title(path: path, title: title, others: others)
    }

    private static let document = [
        title("TranDtls.SupTyp", "Supply Type", "Type of Supply", "Category"),
        title("TranDtls.RegRev", "Reverse Charge", "RCM"),
        title("TranDtls.IgstOnIntra", "IGST on Intra"),
        title("TranDtls.EcmGstin", "E-commerce GSTIN", "Ecom GSTIN", "E-commerce Operator GSTIN"),
        title("DocDtls.Typ", "Document Type", "Doc Type", "Invoice Type"),
        title(
            "DocDtls.No", "Document No", "Doc No", "Document Number", "Doc Number", "Invoice No", "Invoice Number",
            "Inv No", "Bill No", "Voucher No", "Note No", "Note Number"),
        title(
            "DocDtls.Dt", "Document Date", "Doc Date", "Invoice Date", "Inv Date", "Bill Date", "Voucher Date",
            "Note Date"),
        title("RefDtls.PrecDocDtls.InvNo", "Original Invoice No", "Original Invoice Number", "Preceding Document No"),
        title("RefDtls.PrecDocDtls.InvDt", "Original Invoice Date", "Preceding Document Date"),
    ]

    private static func party(_ section: String, _ name: String, _ others: [String]) -> [Title] {
        let fields: [(String, [String])] = [
            ("Gstin", ["GSTIN", "GST No", "GST Number"]),
            (section == "DispDtls" ? "Nm" : "LglNm", ["Legal Name", "Name"]), ("TrdNm", ["Trade Name"]),
            ("Addr1", ["Address 1", "Address", "Address Line 1"]), ("Addr2", ["Address 2", "Address Line 2"]),
            ("Loc", ["Place", "Location", "City"]), ("Pin", ["PIN", "Pincode", "Pin Code"]),
            ("Stcd", ["State", "State Code"]), ("Ph", ["Phone", "Mobile"]), ("Em", ["Email", "Mail"]),
        ]
        return fields.compactMap { field, words in
            let known = DraftColumn.all.contains { $0.path == "\(section).\(field)" }
            guard known, let first = words.first else { return nil }
            let all = ([name] + others).flatMap { prefix in words.map { "\(prefix) \($0)" } }
            return Title(path: "\(section).\(field)", title: "\(name) \(first)", others: Array(all.dropFirst()))
        }
    }

    private static let items = [
        title("ItemList.SlNo", "Sl No", "Serial No", "Sr No", "Line No", "Item No"),
        title(
            "ItemList.PrdDesc", "Description", "Product Description", "Item Description", "Product Name", "Item Name",
            "Particulars"),
        title("ItemList.IsServc", "Is Service", "Service", "Goods or Service", "Goods/Service"),
        title("ItemList.HsnCd", "HSN", "HSN Code", "HSN/SAC", "SAC", "HSN SAC Code"),
        title("ItemList.Qty", "Quantity", "Qty"), title("ItemList.FreeQty", "Free Quantity", "Free Qty"),
        title("ItemList.Unit", "Unit", "UQC", "UOM", "Unit of Measure"),
        title("ItemList.UnitPrice", "Unit Price", "Price", "Rate per Unit"),
        title("ItemList.TotAmt", "Gross Amount", "Total Amount", "Amount"),
        title("ItemList.Discount", "Discount", "Item Discount"),
        title("ItemList.AssAmt", "Taxable Value", "Taxable Amount", "Assessable Amount", "Assessable Value"),
        title("ItemList.GstRt", "GST Rate", "GST %", "Tax Rate", "GST"),
        title("ItemList.IgstAmt", "IGST", "IGST Amount"), title("ItemList.CgstAmt", "CGST", "CGST Amount"),
        title("ItemList.SgstAmt", "SGST", "SGST Amount", "UTGST", "SGST/UTGST", "UTGST Amount"),
        title("ItemList.CesRt", "Cess Rate"), title("ItemList.CesAmt", "Cess", "Cess Amount"),
        title("ItemList.CesNonAdvlAmt", "Cess Non Advalorem", "Cess Non Advol Amount"),
        title("ItemList.StateCesRt", "State Cess Rate"),
        title("ItemList.StateCesAmt", "State Cess", "State Cess Amount"),
        title("ItemList.StateCesNonAdvlAmt", "State Cess Non Advalorem"),
        title("ItemList.OthChrg", "Other Charges", "Item Other Charges"),
        title("ItemList.TotItemVal", "Item Total", "Total Item Value", "Line Total"),
        title("ItemList.BchDtls.Nm", "Batch", "Batch No"),
        title("ItemList.BchDtls.ExpDt", "Batch Expiry", "Expiry Date"),
    ]

    private static let totals = [
        title("ValDtls.AssVal", "Total Taxable Value", "Total Assessable Value"),
        title("ValDtls.CgstVal", "Total CGST"), title("ValDtls.SgstVal", "Total SGST"),
        title("ValDtls.IgstVal", "Total IGST"), title("ValDtls.CesVal", "Total Cess"),
        title("ValDtls.StCesVal", "Total State Cess"),
        title("ValDtls.Discount", "Invoice Discount", "Total Discount", "Document Discount"),
        title("ValDtls.OthChrg", "Invoice Other Charges", "Total Other Charges"),
        title("ValDtls.RndOffAmt", "Round Off", "Rounding", "Round Off Amount"),
        title(
            "ValDtls.TotInvVal", "Invoice Value", "Total Invoice Value", "Invoice Total", "Grand Total",
            "Document Value"),
    ]

    private static let transport = [
        title("EwbDtls.TransId", "Transporter Id", "Transporter GSTIN"), title("EwbDtls.TransName", "Transporter Name"),
        title("EwbDtls.TransMode", "Transport Mode", "Mode of Transport"),
        title("EwbDtls.Distance", "Distance", "Distance in km", "Transport Distance"),
        title("EwbDtls.TransDocNo", "Transport Document No", "LR No", "Transport Doc No"),
        title("EwbDtls.TransDocDt", "Transport Document Date", "LR Date", "Transport Doc Date"),
        title("EwbDtls.VehNo", "Vehicle No", "Vehicle Number"), title("EwbDtls.VehType", "Vehicle Type"),
    ]

    private static let export = [
        title("ExpDtls.ShipBNo", "Shipping Bill No", "Shipping Bill Number"),
        title("ExpDtls.ShipBDt", "Shipping Bill Date"), title("ExpDtls.Port", "Port Code", "Port"),
        title("ExpDtls.RefClm", "Refund Claim"), title("ExpDtls.ForCur", "Currency", "Foreign Currency"),
        title("ExpDtls.CntCode", "Country Code", "Country"),
    ]
}
