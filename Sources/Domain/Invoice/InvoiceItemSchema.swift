/// The line of INV-01 v1.1 (facts: nic-einvoice-ewb 4.1).
public enum InvoiceItemSchema {
    public static let item = Schema<InvoiceItem>(
        code: InvoiceSchema.shapeCode,
        [
            .text("SlNo", \.serialNumber, 1...6, .digits, must: true),
            .text("PrdDesc", \.description, 3...300),
            .text("IsServc", \.serviceFlag, 1...1, InvoiceSchema.yesNo, must: true),
            .text("HsnCd", \.hsnCode, 4...8, .code, must: true, code: "2176"),
            .text("Barcde", \.barcode, 3...30),
            .number("Qty", \.quantity, .quantity),
            .number("FreeQty", \.freeQuantity, .quantity),
            .text("Unit", \.unit, 3...8, .letters, code: "2177"),
            .number("UnitPrice", \.unitPrice, .price, must: true),
            .number("TotAmt", \.totalAmount, .amount, must: true),
            .number("Discount", \.discount, .amount),
            .number("PreTaxVal", \.preTaxValue, .amount),
            .number("AssAmt", \.assessableAmount, .amount, must: true),
            .number("GstRt", \.gstRate, .rate, must: true),
            .number("IgstAmt", \.igst, .amount),
            .number("CgstAmt", \.cgst, .amount),
            .number("SgstAmt", \.sgst, .amount),
            .number("CesRt", \.cessRate, .rate),
            .number("CesAmt", \.cess, .amount),
            .number("CesNonAdvlAmt", \.nonAdvalCess, .amount),
            .number("StateCesRt", \.stateCessRate, .rate),
            .number("StateCesAmt", \.stateCess, .amount),
            .number("StateCesNonAdvlAmt", \.stateNonAdvalCess, .amount),
            .number("OthChrg", \.otherCharges, .amount),
            .number("TotItemVal", \.itemTotal, .amount, must: true),
            .text("OrdLineRef", \.orderLine, 1...50),
            .text("OrgCntry", \.originCountry, 2...2, .letters, code: "2202"),
            .text("PrdSlNo", \.productSerialNumber, 1...20),
            .section("BchDtls", \.batch, batch),
            .list("AttribDtls", \.attributes, attribute),
        ])

    static let batch = Schema<BatchDetails>(
        code: InvoiceSchema.shapeCode,
        [
            .text("Nm", \.name, 3...20, must: true), .text("ExpDt", \.expiryDate, 10...10, .date),
            .text("WrDt", \.warrantyDate, 10...10, .date),
        ])

    static let attribute = Schema<AttributeDetails>(
        code: InvoiceSchema.shapeCode, [.text("Nm", \.name, 1...100), .text("Val", \.value, 1...100)])
}
