/// Taking back a registered invoice (facts: nic-einvoice-ewb 3.1). Its number cannot be registered again in that year.
public struct InvoiceCancellation: DocumentPart {
    public var irn: String?
    /// A digit of `InvoiceCancelReason`.
    public var reason: String?
    public var remark: String?

    public init() {}

    public static let schema = Schema<InvoiceCancellation>(
        code: InvoiceSchema.shapeCode,
        [
            .text("Irn", \.irn, 64...64, .irn, must: true, code: "2145"),
            .text("CnlRsn", \.reason, 1...1, .among(InvoiceCancelReason.allCases.map(\.rawValue)), must: true),
            .text("CnlRem", \.remark, 1...100, must: true),
        ])

    /// Until when the portal takes it: 24 hours from the acknowledgement.
    public static func until(acknowledged: Instant) -> Instant { acknowledged + .seconds(24 * 3_600) }
}

/// An e-way bill's list has 2 and 3 the other way round.
public enum InvoiceCancelReason: String, Sendable, Hashable, CaseIterable {
    case duplicate = "1"
    case dataEntryMistake = "2"
    case orderCancelled = "3"
    case others = "4"

    /// Within a sentence.
    public var words: String {
        switch self {
        case .duplicate: "duplicate"
        case .dataEntryMistake: "data entry mistake"
        case .orderCancelled: "order cancelled"
        case .others: "others"
        }
    }
}

/// How an invoice was taken back.
public struct InvoiceWithdrawal: Hashable, Sendable {
    /// As the portal told; nil where it did not.
    public var at: Instant?
    public var reason: InvoiceCancelReason?
    public var remark: String

    public init(at: Instant? = nil, reason: InvoiceCancelReason? = nil, remark: String = "") {
        (self.at, self.reason, self.remark) = (at, reason, remark)
    }

    /// `order cancelled: sold to another`.
    public var why: String {
        let known = [reason?.words ?? "", HarmlessText.line(remark, limit: 200)]
        return known.filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

extension InvoiceRules {
    /// - Parameter acknowledged: when the invoice got its IRN.
    public static func check(
        _ cancellation: InvoiceCancellation, acknowledged: Instant, at moment: Instant
    ) -> [Finding] {
        var shape = ShapeCheck()
        shape.check(cancellation, InvoiceCancellation.schema)
        guard moment > InvoiceCancellation.until(acknowledged: acknowledged) else { return shape.findings }
        let late = Finding(
            .error, at: "Irn", rule: "cancel.late", code: "2270",
            "was registered at \(NicTime.invoiceText(acknowledged)); 24 hours are over",
            remedy: "Issue a credit note")
        return shape.findings + [late]
    }
}
