/// INV-01 v1.1 field by field (facts: nic-einvoice-ewb 4.1).
public enum InvoiceSchema {
    /// Size and form are refused as a whole with 5002.
    static let shapeCode = "5002"
    /// Without an agreement with NIC (facts: nic-einvoice-ewb 9).
    public static let mostBytes = 2 << 20

    public static let invoice = Schema<Invoice>(
        code: shapeCode,
        [
            .text("Version", \.version, 1...6, .among(["1.1"]), must: true),
            .section("TranDtls", \.transaction, transaction),
            .section("DocDtls", \.document, document),
            .section("SellerDtls", \.seller, seller, code: "2155"),
            .section("BuyerDtls", \.buyer, buyer, code: "2214"),
            .section("DispDtls", \.dispatch, dispatch),
            .section("ShipDtls", \.shipTo, shipTo),
            .list("ItemList", \.items, InvoiceItemSchema.item, must: true, code: "2228"),
            .section("ValDtls", \.totals, totals),
            .section("PayDtls", \.payment, payment),
            .section("RefDtls", \.references, references),
            .list("AddlDocDtls", \.additionalDocuments, additionalDocument),
            .section("ExpDtls", \.export, export),
            .section("EwbDtls", \.eWayBill, transport),
        ])

    static let yesNo = TextForm.among(["Y", "N"])
    static let pins = 100_000...999_999

    static let transaction = Schema<TransactionDetails>(
        code: shapeCode,
        [
            .text("TaxSch", \.taxScheme, 3...10, .among(["GST"]), must: true),
            .text("SupTyp", \.supplyType, 3...8, .amongInAnyCase(SupplyKind.allCases.map(\.rawValue)), must: true),
            .text("RegRev", \.reverseCharge, 1...1, yesNo, code: "2159"),
            .text("EcmGstin", \.ecommerceGstin, 15...15, .gstin, code: "2169"),
            .text("IgstOnIntra", \.igstOnIntra, 1...1, yesNo),
        ])

    static let document = Schema<DocumentDetails>(
        code: shapeCode,
        [
            .text("Typ", \.type, 3...3, .among(DocumentKind.allCases.map(\.rawValue)), must: true, code: "2161"),
            .text("No", \.number, 1...16, .documentNumber, must: true),
            .text("Dt", \.date, 10...10, .date, must: true, code: "2144"),
        ])

    static let seller = Schema<Party>(
        code: shapeCode,
        [.text("Gstin", \.gstin, 15...15, .gstin, must: true, missing: "2155")]
            + names + place(location: 3...50, pinMust: true) + contact)

    static let buyer = Schema<Party>(
        code: shapeCode,
        [.text("Gstin", \.gstin, 3...15, .gstinOrUnregistered, must: true, missing: "2214")] + names
            + [.text("Pos", \.placeOfSupply, 1...2, .code, must: true, missing: "2242")]
            + place(location: 3...100, pinMust: false) + contact)

    static let shipTo = Schema<Party>(
        code: shapeCode,
        [.text("Gstin", \.gstin, 3...15, .gstinOrUnregistered)] + names + place(location: 3...100, pinMust: true))

    private static let names: [Field<Party>] = [
        .text("LglNm", \.legalName, 3...100, must: true, missing: "2216"), .text("TrdNm", \.tradeName, 3...100),
    ]

    private static func place(location: ClosedRange<Int>, pinMust: Bool) -> [Field<Party>] {
        [
            .text("Addr1", \.address1, 1...100, must: true), .text("Addr2", \.address2, 3...100),
            .text("Loc", \.location, location, must: true, missing: "2217"),
            .integer("Pin", \.pin, pins, must: pinMust, missing: "2215"),
            .text("Stcd", \.stateCode, 1...2, .code, must: true, missing: "2215"),
        ]
    }

    private static let contact: [Field<Party>] = [
        .text("Ph", \.phone, 6...12, .digits), .text("Em", \.mail, 6...100, .mail),
    ]

    static let dispatch = Schema<DispatchDetails>(
        code: shapeCode,
        [
            .text("Nm", \.name, 3...100, must: true), .text("Addr1", \.address1, 1...100, must: true),
            .text("Addr2", \.address2, 3...100), .text("Loc", \.location, 3...100, must: true),
            .integer("Pin", \.pin, pins, must: true),
            .text("Stcd", \.stateCode, 1...2, .code, must: true, missing: "2200"),
        ])

    static let totals = Schema<InvoiceTotals>(
        code: shapeCode,
        [
            .number("AssVal", \.assessable, .total, must: true), .number("CgstVal", \.cgst, .total),
            .number("SgstVal", \.sgst, .total), .number("IgstVal", \.igst, .total), .number("CesVal", \.cess, .total),
            .number("StCesVal", \.stateCess, .total), .number("Discount", \.discount, .total),
            .number("OthChrg", \.otherCharges, .total), .number("RndOffAmt", \.roundOff, .roundOff),
            .number("TotInvVal", \.invoiceTotal, .total, must: true), .number("TotInvValFc", \.foreignTotal, .total),
        ])
}
