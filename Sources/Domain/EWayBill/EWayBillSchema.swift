/// The fields of an e-way bill (facts: nic-einvoice-ewb 3.4). State codes and PINs are numbers there, codes of goods go as
/// text so that a leading zero stays.
public enum EWayBillSchema {
    public static let bill = Schema<EWayBill>(
        mayBeEmpty: true, head + from + to + partners + totals + transport + items)

    static let pins = 100_000...999_999
    static let states = 1...99
    static let modes = TextForm.among(["1", "2", "3", "4"])
    static let vehicles = TextForm.among(VehicleKind.allCases.map(\.rawValue))

    private static let head: [Field<EWayBill>] = [
        .text("userGstin", \.userGstin, 15...15, .gstin, code: "227"),
        .text(
            "supplyType", \.supplyType, 1...1, .among(SupplyDirection.allCases.map(\.rawValue)), must: true, code: "201"
        ),
        .text(
            "subSupplyType", \.subSupplyType, 1...2, .among(SubSupply.allCases.map(\.rawValue)), must: true,
            code: "202",
            asNumber: true),
        .text("subSupplyDesc", \.subSupplyDescription, 1...20, code: "377"),
        .text(
            "docType", \.documentType, 3...3, .among(EWayBillDocument.allCases.map(\.rawValue)), must: true, code: "204"
        ),
        .text("docNo", \.documentNumber, 1...16, .reference, must: true, code: "206"),
        .text("docDate", \.documentDate, 10...10, .date, must: true, code: "207"),
    ]

    private static let from: [Field<EWayBill>] = [
        .text("fromGstin", \.from.gstin, 3...15, .gstinOrUnregistered, must: true, code: "208"),
        .text("fromTrdName", \.from.tradeName, 1...100, code: "229"),
        .text("fromAddr1", \.from.address1, 1...120, code: "209"),
        .text("fromAddr2", \.from.address2, 1...120, code: "209"),
        .text("fromPlace", \.from.place, 1...50, code: "230"),
        .integer("fromPincode", \.from.pin, pins, must: true, code: "210"),
        .integer("actFromStateCode", \.from.actualStateCode, states, must: true, code: "211"),
        .integer("fromStateCode", \.from.stateCode, states, must: true, code: "211"),
    ]

    private static let to: [Field<EWayBill>] = [
        .text("toGstin", \.to.gstin, 3...15, .gstinOrUnregistered, must: true, code: "212"),
        .text("toTrdName", \.to.tradeName, 1...100, code: "231"),
        .text("toAddr1", \.to.address1, 1...120, code: "213"),
        .text("toAddr2", \.to.address2, 1...120, code: "213"),
        .text("toPlace", \.to.place, 1...50, code: "232"),
        .integer("toPincode", \.to.pin, pins, must: true, code: "214"),
        .integer("actToStateCode", \.to.actualStateCode, states, must: true, code: "215"),
        .integer("toStateCode", \.to.stateCode, states, must: true, code: "215"),
    ]

    private static let partners: [Field<EWayBill>] = [
        .integer("transactionType", \.transactionType, 1...4, must: true, code: "607", asText: true),
        .text("dispatchFromGSTIN", \.dispatchFrom.gstin, 3...15, .gstinOrUnregistered),
        .text("dispatchFromTradeName", \.dispatchFrom.tradeName, 0...100),
        .text("shipToGSTIN", \.shipTo.gstin, 3...15, .gstinOrUnregistered),
        .text("shipToTradeName", \.shipTo.tradeName, 0...100),
    ]

    private static let totals: [Field<EWayBill>] = [
        .number("otherValue", \.totals.other, .balance), .number("totalValue", \.totals.taxable, .total),
        .number("cgstValue", \.totals.cgst, .total), .number("sgstValue", \.totals.sgst, .total),
        .number("igstValue", \.totals.igst, .total), .number("cessValue", \.totals.cess, .total),
        .number("cessNonAdvolValue", \.totals.nonAdvolCess, .total),
        .number("totInvValue", \.totals.invoice, .total, must: true),
    ]

    private static let transport: [Field<EWayBill>] = [
        .text("transporterId", \.transport.transporterId, 15...15, .lettersAndDigits, code: "222"),
        .text("transporterName", \.transport.transporterName, 0...100),
        .text("transDocNo", \.transport.documentNumber, 1...15, .reference, code: "223"),
        .text("transMode", \.transport.mode, 1...1, modes, code: "220", asNumber: true),
        .integer("transDistance", \.transport.distance, 0...4_000, must: true, code: "221", asText: true),
        .text("transDocDate", \.transport.documentDate, 10...10, .date, code: "224"),
        .text("vehicleNo", \.transport.vehicleNumber, 7...15, code: "225"),
        .text("vehicleType", \.transport.vehicleType, 1...1, vehicles, code: "361"),
    ]

    private static let items: [Field<EWayBill>] = [
        .text("mainHsnCode", \.mainHsnCode, 2...8, .code, code: "216", asNumber: true),
        .list("itemList", \.items, item, must: true, code: "233"),
    ]

    static let item = Schema<EWayBillItem>(
        mayBeEmpty: true,
        [
            .integer("itemNo", \.number, 0...9_999), .text("productName", \.name, 0...100),
            .text("productDesc", \.description, 0...100),
            .text("hsnCode", \.hsnCode, 2...8, .code, must: true, code: "216", asNumber: true),
            .number("quantity", \.quantity, .quantity), .text("qtyUnit", \.unit, 3...3, .letters, code: "217"),
            .number("taxableAmount", \.taxableAmount, .total, must: true, code: "234"),
            .number("sgstRate", \.sgstRate, .rate, code: "218"), .number("cgstRate", \.cgstRate, .rate, code: "218"),
            .number("igstRate", \.igstRate, .rate, code: "219"), .number("cessRate", \.cessRate, .rate),
            .number("cessNonAdvol", \.nonAdvolCess, .total),
        ])
}
