extension EWayBillSchema {
    public static let byIrn = Schema<EWayBillByIrn>(
        code: InvoiceSchema.shapeCode,
        [
            .text("Irn", \.irn, 64...64, .irn, must: true, code: "2145"),
            .integer("Distance", \.transport.distance, 0...4_000, must: true, code: "4013"),
            .text("TransMode", \.transport.mode, 1...1, modes),
            .text("TransId", \.transport.transporterId, 15...15, .lettersAndDigits, code: "4018"),
            .text("TransName", \.transport.transporterName, 3...100),
            .text("TransDocDt", \.transport.documentDate, 10...10, .date, code: "4017"),
            .text("TransDocNo", \.transport.documentNumber, 1...15, .reference),
            .text("VehNo", \.transport.vehicleNumber, 4...20),
            .text("VehType", \.transport.vehicleType, 1...1, vehicles),
            .section("ExpShipDtls", \.exportShipTo, exportShipTo),
            .section("DispDtls", \.dispatch, InvoiceSchema.dispatch),
        ])

    private static let exportShipTo = Schema<Party>(
        code: InvoiceSchema.shapeCode,
        [
            .text("Gstin", \.gstin, 3...15, .gstinOrUnregistered), .text("TrdNm", \.tradeName, 3...100),
            .text("Addr1", \.address1, 1...100, must: true), .text("Addr2", \.address2, 3...100),
            .text("Loc", \.location, 3...100, must: true), .integer("Pin", \.pin, pins, must: true, code: "4033"),
            .text("Stcd", \.stateCode, 1...2, .code, must: true, code: "4032"),
        ])

    public static let vehicle = Schema<VehicleUpdate>(
        mayBeEmpty: true,
        [
            .integer("ewbNo", \.number, EWayBillNumber.range, must: true, code: "301"),
            .text("vehicleNo", \.transport.vehicleNumber, 7...15, code: "225"),
            .text("fromPlace", \.fromPlace, 1...50, must: true, code: "302"),
            .integer("fromState", \.fromState, states, must: true, code: "303"),
            .text(
                "reasonCode", \.reason, 1...1, .among(VehicleChangeReason.allCases.map(\.rawValue)), must: true,
                code: "305",
                asNumber: true),
            .text("reasonRem", \.remark, 1...50, code: "306"),
            .text("transDocNo", \.transport.documentNumber, 1...15, .reference, code: "223"),
            .text("transDocDate", \.transport.documentDate, 10...10, .date, code: "224"),
            .text("transMode", \.transport.mode, 1...1, modes, must: true, code: "220", asNumber: true),
            .text("vehicleType", \.transport.vehicleType, 1...1, vehicles, code: "361"),
        ])

    public static let transporter = Schema<TransporterUpdate>(
        mayBeEmpty: true,
        [
            .integer("ewbNo", \.number, EWayBillNumber.range, must: true, code: "301"),
            .text("transporterId", \.transporterId, 15...15, .lettersAndDigits, must: true, code: "222"),
        ])

    public static let cancellation = Schema<EWayBillCancellation>(
        mayBeEmpty: true,
        [
            .integer("ewbNo", \.number, EWayBillNumber.range, must: true, code: "301"),
            .text(
                "cancelRsnCode", \.reason, 1...1, .among(EWayBillCancelReason.allCases.map(\.rawValue)), must: true,
                asNumber: true),
            .text("cancelRmrk", \.remark, 0...50),
        ])

    public static let `extension` = Schema<EWayBillExtension>(
        mayBeEmpty: true,
        [
            .integer("ewbNo", \.number, EWayBillNumber.range, must: true, code: "301"),
            .text("vehicleNo", \.transport.vehicleNumber, 7...15, code: "225"),
            .text("fromPlace", \.fromPlace, 1...50, must: true, code: "302"),
            .integer("fromState", \.fromState, states, must: true, code: "303"),
            .integer("remainingDistance", \.transport.distance, 1...4_000, must: true, code: "389"),
            .text("transDocNo", \.transport.documentNumber, 1...15, .reference, code: "223"),
            .text("transDocDate", \.transport.documentDate, 10...10, .date, code: "224"),
            .text(
                "transMode", \.transport.mode, 1...1, .among(TransportMode.allCases.map(\.rawValue)), must: true,
                code: "220",
                asNumber: true),
            .text(
                "extnRsnCode", \.reason, 1...2, .among(ExtensionReason.allCases.map(\.rawValue)), must: true,
                code: "379",
                asNumber: true),
            .text("extnRemarks", \.remark, 1...50, must: true, code: "380"),
            .integer("fromPincode", \.fromPin, pins, must: true, code: "210"),
            .text("consignmentStatus", \.consignmentStatus, 1...1, .among(["M", "T"]), must: true, code: "705"),
            .text("transitType", \.transitType, 1...1, .among(["R", "W", "O"]), code: "706"),
            .text("addressLine1", \.address1, 1...120, code: "707"),
            .text("addressLine2", \.address2, 1...120, code: "707"),
            .text("addressLine3", \.address3, 1...120, code: "707"),
        ])

    public static let consolidated = Schema<ConsolidatedEWayBill>(
        mayBeEmpty: true,
        [
            .text("fromPlace", \.fromPlace, 1...50, must: true, code: "302"),
            .integer("fromState", \.fromState, states, must: true, code: "303"),
            .text("vehicleNo", \.transport.vehicleNumber, 7...15, code: "225"),
            .text("transMode", \.transport.mode, 1...1, modes, must: true, code: "220", asNumber: true),
            .text("transDocNo", \.transport.documentNumber, 1...15, .reference, code: "223"),
            .text("transDocDate", \.transport.documentDate, 10...10, .date, code: "224"),
            .list(
                "tripSheetEwbBills", \.bills,
                Schema<ConsolidatedEntry>(
                    mayBeEmpty: true, [.integer("ewbNo", \.number, EWayBillNumber.range, must: true, code: "301")]),
                must: true, code: "391"),
        ])
}
