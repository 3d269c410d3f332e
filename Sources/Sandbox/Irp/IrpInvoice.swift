import Domain
import Wire

/// A registered invoice as an IRP holds it.
struct IrpInvoice: Sendable {
    let irn: String
    /// `GSTIN/TYPE/NUMBER/FY`.
    let key: String
    /// `irp` or `irp2`: where it was registered.
    let system: String
    let gstin: String
    let at: Instant
    let ackNumber: String
    let request: JsonTree
    let signedInvoice: String
    let signedQr: String
    var cancelledAt: Instant?
    /// Number of the e-way bill that was made for it last.
    var bill: String?

    var ackDate: String { NicTime.invoiceText(at) }

    /// The reference number of an invoice: SHA-256 over supplier, year, type and number, with nothing in between
    /// (facts: nic-einvoice-ewb 4.8).
    static func irn(gstin: String, type: String, number: String, date: LegalDate) -> String {
        ContentHash.sha256(Array("\(gstin)\(NicDocument.year(of: date))\(type)\(number)".utf8))
    }

    /// As generating and getting answer it.
    func tree(bill: EwbBill?) -> JsonTree {
        .made([
            "AckNo": .number(ackNumber), "AckDt": .text(ackDate), "Irn": .text(irn),
            "SignedInvoice": .text(signedInvoice), "SignedQRCode": .text(signedQr),
            "Status": .text(cancelledAt == nil ? "ACT" : "CNL"),
            "EwbNo": bill.map { .number($0.number) } ?? .null,
            "EwbDt": .optional(bill.map { NicTime.invoiceText($0.at) }),
            "EwbValidTill": .optional(bill?.validUntil.map(NicTime.invoiceText)), "Remarks": .null,
        ])
    }

    /// What is signed: acknowledgement and IRN, then the request, each line with an `ItemNo`
    /// (facts: nic-einvoice-ewb 5).
    static func signedData(ackNumber: String, ackDate: String, irn: String, request: JsonTree) -> [UInt8] {
        var members: [JsonTree.Member] = [
            .init(name: "AckNo", value: .number(ackNumber)), .init(name: "AckDt", value: .text(ackDate)),
            .init(name: "Irn", value: .text(irn)),
        ]
        for name in [
            "Version", "TranDtls", "DocDtls", "SellerDtls", "BuyerDtls", "DispDtls", "ShipDtls", "ItemList", "ValDtls",
            "PayDtls", "RefDtls", "AddlDocDtls", "ExpDtls", "EwbDtls",
        ] {
            guard var value = request[name], value != .null else { continue }
            if name == "ItemList" { value = .list(value.items.map(numbered)) }
            members.append(.init(name: name, value: value))
        }
        return JsonTree.object(members).bytes
    }

    private static func numbered(_ item: JsonTree) -> JsonTree {
        guard case .object(let members) = item else { return item }
        return .object([.init(name: "ItemNo", value: .number(0))] + members)
    }

    /// The ten claims of the QR text, in their order.
    static func qrData(irn: String, ackDate: String, request: JsonTree) -> [UInt8] {
        let items = request.items("ItemList")
        let main = items.max { $0.decimal("AssAmt") < $1.decimal("AssAmt") }
        return JsonTree.made([
            "SellerGstin": .optional(request.text("SellerDtls.Gstin")),
            "BuyerGstin": .optional(request.text("BuyerDtls.Gstin")), "DocNo": .optional(request.text("DocDtls.No")),
            "DocTyp": .optional(request.text("DocDtls.Typ")), "DocDt": .optional(request.text("DocDtls.Dt")),
            "TotInvVal": request.at("ValDtls.TotInvVal") ?? .null, "ItemCnt": .number(items.count),
            "MainHsnCode": .optional(main?.text("HsnCd")), "Irn": .text(irn), "IrnDt": .text(ackDate),
        ]).bytes
    }
}
