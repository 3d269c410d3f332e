extension InvoiceSchema {
    static let payment = Schema<PaymentDetails>(
        code: shapeCode,
        [
            .text("Nm", \.payee, 1...100), .text("AccDet", \.account, 1...18), .text("Mode", \.mode, 1...18),
            .text("FinInsBr", \.branch, 1...11), .text("PayTerm", \.terms, 1...100),
            .text("PayInstr", \.instruction, 1...100), .text("CrTrn", \.creditTransfer, 1...100),
            .text("DirDr", \.directDebit, 1...100), .integer("CrDay", \.creditDays, 0...9_999),
            .number("PaidAmt", \.paid, .total), .number("PaymtDue", \.due, .total),
        ])

    static let references = Schema<References>(
        code: shapeCode,
        [
            .text("InvRm", \.remark, 3...100), .section("DocPerdDtls", \.period, period),
            .list("PrecDocDtls", \.precedingDocuments, precedingDocument), .list("ContrDtls", \.contracts, contract),
        ])

    static let period = Schema<DocumentPeriod>(
        code: shapeCode,
        [
            .text("InvStDt", \.start, 10...10, .date, must: true),
            .text("InvEndDt", \.end, 10...10, .date, must: true),
        ])

    static let precedingDocument = Schema<PrecedingDocument>(
        code: shapeCode,
        [
            .text("InvNo", \.number, 1...16, .documentNumber, must: true),
            .text("InvDt", \.date, 10...10, .date, must: true), .text("OthRefNo", \.otherReference, 1...20),
        ])

    static let contract = Schema<ContractReference>(
        code: shapeCode,
        [
            .text("RecAdvRefr", \.receiptAdvice, 1...20), .text("RecAdvDt", \.receiptAdviceDate, 10...10, .date),
            .text("TendRefr", \.tender, 1...20), .text("ContrRefr", \.contract, 1...20),
            .text("ExtRefr", \.external, 1...20), .text("ProjRefr", \.project, 1...20),
            .text("PORefr", \.purchaseOrder, 1...16), .text("PORefDt", \.purchaseOrderDate, 10...10, .date),
        ])

    static let additionalDocument = Schema<AdditionalDocument>(
        code: shapeCode,
        [
            .text("Url", \.url, 3...100), .text("Docs", \.content, 3...1_000), .text("Info", \.information, 3...1_000),
        ])

    static let export = Schema<ExportDetails>(
        code: shapeCode,
        [
            .text("ShipBNo", \.shippingBillNumber, 1...20), .text("ShipBDt", \.shippingBillDate, 10...10, .date),
            .text("Port", \.port, 2...10, .lettersAndDigits, code: "2201"),
            .text("RefClm", \.refundClaim, 1...1, yesNo),
            .text("ForCur", \.currency, 3...16, .letters, code: "2203"),
            .text("CntCode", \.country, 2...2, .letters, code: "2202"), .number("ExpDuty", \.duty, .amount),
        ])

    static let transport = Schema<TransportDetails>(
        code: shapeCode,
        [
            .text("TransId", \.transporterId, 15...15, .lettersAndDigits, code: "4018"),
            .text("TransName", \.transporterName, 3...100),
            .text("TransMode", \.mode, 1...1, .among(["1", "2", "3", "4"])),
            .integer("Distance", \.distance, 0...4_000, must: true, code: "4013"),
            .text("TransDocNo", \.documentNumber, 1...15, .reference),
            .text("TransDocDt", \.documentDate, 10...10, .date, code: "4017"),
            .text("VehNo", \.vehicleNumber, 4...20), .text("VehType", \.vehicleType, 1...1, .among(["O", "R"])),
        ])
}
